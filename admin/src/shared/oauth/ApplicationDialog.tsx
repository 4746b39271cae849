import type { AccountUse } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useAddApplicationMutation, type AuthorizationBrief, type OAuthProvider } from '../../api/authorizations';
import { ModalDialog } from '../components/ModalDialog';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

interface ApplicationDialogProps {
  provider: OAuthProvider;
  use: AccountUse;
  onClose(): void;
  onAdded(authorization: AuthorizationBrief): void;
}

/** Asks for the mailbox that the application itself may open. It is tried before it is added. */
export function ApplicationDialog({ provider, use, onClose, onAdded }: ApplicationDialogProps) {
  const text = useText();
  const { success, describeFieldError } = useFeedback();
  const [username, setUsername] = React.useState('');
  const [error, setError] = React.useState<string>();
  const [add, { isLoading }] = useAddApplicationMutation();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    // The dialog is drawn elsewhere, but for React it stands in the scanner's form.
    event.stopPropagation();
    const answer = await add({ provider: provider.provider, username, use });
    if ('error' in answer) return setError(describeFieldError(answer.error));
    success(text('oauth.works', { name: answer.data.username }));
    onAdded(answer.data);
    onClose();
  };

  return (
    <ModalDialog
      title={text('oauth.addApplication')}
      onClose={onClose}
      wayOut="close"
      onSubmit={submit}
      actions={
        <Button type="submit" disabled={username.trim() === ''} loading={isLoading}>
          {text('oauth.add')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography>{text('oauth.applicationText', { provider: provider.label })}</Typography>
        <Typography>{needsOf(provider, use, text)}</Typography>
        <Field.Root name="application-mailbox" error={error} required>
          <Field.Label>{text('oauth.applicationMailbox')}</Field.Label>
          <TextInput
            type="email"
            autoComplete="off"
            placeholder="support@example.com"
            value={username}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setUsername(event.target.value)}
          />
          <Field.Error />
        </Field.Root>
      </Flex>
    </ModalDialog>
  );
}

/** An application has no mailboxes that are shared with it, and stays connected by itself. */
const OF_ACCOUNTS = /\.Shared$|^offline_access$/;

function needsOf({ applicationPermissions, graphPermissions }: OAuthProvider, use: AccountUse, text: ReturnType<typeof useText>): string {
  if (use === 'mail') return text('oauth.applicationNeeds', { permissions: applicationPermissions.join(', ') });
  const permissions = graphPermissions.filter((permission) => !OF_ACCOUNTS.test(permission));
  return text('oauth.applicationNeedsGraph', { permissions: permissions.join(', ') });
}
