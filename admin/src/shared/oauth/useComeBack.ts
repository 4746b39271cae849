import * as React from 'react';
import { useSearchParams } from 'react-router-dom';
import { takeForm, type FormValues } from './keptForm';
import { usePagePath } from './useSignIn';

/** What the browser brings when it comes back from a provider. */
interface ComeBack {
  /** The documentId of the account that was connected; null when that was given up. */
  authorization: string | null;
  /** What the form of this page held before. */
  values: FormValues | null;
}

/** Called once when the page opens and somebody comes back to it from a sign-in. */
export function useComeBack(onBack: (back: ComeBack) => void): void {
  const path = usePagePath();
  const [query, setQuery] = useSearchParams();
  const isDone = React.useRef(false);
  React.useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    const authorization = query.get('authorization');
    const values = takeForm(path);
    // Before the form is filled: Strapi asks whether to leave one that was changed. A reload must not select it again.
    if (authorization) setQuery({}, { replace: true });
    if (authorization || values) onBack({ authorization, values });
  });
}
