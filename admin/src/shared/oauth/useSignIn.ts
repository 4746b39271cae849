import type { AccountUse, ProviderName } from '../../../../shared/vocabulary';
import { useLocation } from 'react-router-dom';
import { useStartSignInMutation } from '../../api/authorizations';
import { useFeedback } from '../hooks/useFeedback';
import { keepForm, takeForm, type FormValues } from './keptForm';

/** The page that is open, as a provider's answer finds back to it. */
export const usePagePath = (): string => useLocation().pathname.replace(/\/+$/, '');

/** Sends the browser to a provider, where somebody signs in, and back to this page. What its form holds is kept meanwhile. */
export function useSignIn() {
  const returnPath = usePagePath();
  const { failure } = useFeedback();
  const [start, { isLoading }] = useStartSignInMutation();
  const signIn = async (
    provider: ProviderName,
    { loginHint, values, uses }: { loginHint?: string; values?: FormValues; uses?: AccountUse[] } = {},
  ) => {
    const answer = await start({ provider, returnPath, loginHint, uses });
    if ('error' in answer) return failure(answer.error!);
    if (values) keepWhileAway(returnPath, values);
    window.location.assign(answer.data.url);
  };
  return { signIn, isLoading };
}

function keepWhileAway(path: string, values: FormValues): void {
  keepForm(path, values);
  // Strapi's forms ask before an unsaved one is left. This one is kept, so that question would only frighten.
  window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  // By the browser's "back" this page may come back as it was left: then what was kept must not be filled in another day.
  window.addEventListener('pageshow', () => takeForm(path), { once: true });
}
