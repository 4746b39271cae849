import * as React from 'react';
import { Loader, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import { useSignInFailureQuery } from '../../api/authorizations';
import { ModalDialog } from '../components/ModalDialog';
import { useFeedback } from '../hooks/useFeedback';
import { useServerText } from '../hooks/useServerText';
import { useText } from '../hooks/useText';

/** On a page that a sign-in at a provider comes back to: says why no account was connected. */
export function SignInFailure() {
  const [query, setQuery] = useSearchParams();
  const [failure, setFailure] = React.useState(query.get('signInFailed'));
  const isInAddress = query.has('signInFailed');
  React.useEffect(() => {
    // At once: a reload must not say it again, and Strapi asks before a form that was changed is left.
    if (isInAddress) setQuery({}, { replace: true });
  }, [isInAddress, setQuery]);
  return failure ? <Reason failure={failure} onClose={() => setFailure(null)} /> : null;
}

function Reason({ failure, onClose }: { failure: string; onClose(): void }) {
  const text = useText();
  const serverText = useServerText();
  const { describeError } = useFeedback();
  const { data, error } = useSignInFailureQuery(failure);
  const reason = error ? describeError(error) : data && serverText(data.message, data.messageSaid);
  return (
    <ModalDialog title={text('oauth.notConnected')} onClose={onClose} wayOut="close">
      {reason ? <Typography textColor="neutral800">{reason}</Typography> : <Loader>{text('common.loading')}</Loader>}
    </ModalDialog>
  );
}
