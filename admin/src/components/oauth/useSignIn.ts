import { useLocation } from 'react-router-dom';
import { useStartSignInMutation, type ProviderName } from '../../api/authorizations';
import { useFeedback } from '../../utils/useFeedback';
import { keepForm, type FormValues } from './keptForm';

/** The page that is open, as a provider's answer finds back to it. */
export const usePagePath = (): string => useLocation().pathname.replace(/\/+$/, '');

/** Sends the browser to a provider, where somebody signs in, and back to this page. What its form holds is kept meanwhile. */
export function useSignIn() {
  const returnPath = usePagePath();
  const { failure } = useFeedback();
  const [start, { isLoading }] = useStartSignInMutation();
  const signIn = async (provider: ProviderName, { loginHint, values }: { loginHint?: string; values?: FormValues } = {}) => {
    const answer = await start({ provider, returnPath, loginHint });
    if ('error' in answer) return failure(answer.error!);
    if (values) keepForm(returnPath, values);
    leaveFor(answer.data.url);
  };
  return { signIn, isLoading };
}

/** Strapi's forms ask before an unsaved one is left. This one is kept, so that question would only frighten. */
function leaveFor(url: string): void {
  window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  window.location.assign(url);
}
