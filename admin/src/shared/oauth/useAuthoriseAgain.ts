import type { AccountUse } from '../../../../shared/vocabulary';
import { useAddApplicationMutation, type AuthorizationBrief } from '../../api/authorizations';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';
import type { FormValues } from './keptForm';
import { useSignIn } from './useSignIn';

/** Makes an authorization work again: by a new sign-in, or for an application by asking the provider once more. */
export function useAuthoriseAgain() {
  const text = useText();
  const { success, failure } = useFeedback();
  const { signIn, isLoading } = useSignIn();
  const [addApplication, { isLoading: isAdding }] = useAddApplicationMutation();
  const authoriseAgain = async ({ provider, permission, username }: AuthorizationBrief, values?: FormValues, uses?: AccountUse[]) => {
    if (permission === 'delegated') return signIn(provider, { loginHint: username, values, uses });
    const answer = await addApplication({ provider, username, use: uses?.[0] });
    if ('error' in answer) return failure(answer.error!);
    success(text('oauth.works', { name: username }));
  };
  return { authoriseAgain, isLoading: isLoading || isAdding };
}
