import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useDeleteAuthorizationMutation, type Authorization } from '../../api/authorizations';
import { useFeedback } from '../hooks/useFeedback';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { useText } from '../hooks/useText';
import { DeleteDialog } from '../components/DeleteDialog';

interface RemoveAuthorizationDialogProps {
  authorization: Authorization;
  onClose(): void;
  onRemoved?(): void;
}

/** Asks before an authorization goes; one that is in use stays, and the dialog says who uses it. */
export function RemoveAuthorizationDialog({ authorization, onClose, onRemoved }: RemoveAuthorizationDialogProps) {
  const text = useText();
  const users = useUsers(authorization);
  // The other one sees to it itself.
  useReturnFocus(Boolean(users));
  const { success, failure } = useFeedback();
  const [remove] = useDeleteAuthorizationMutation();
  const name = authorization.username;

  const confirm = async () => {
    const answer = await remove(authorization.documentId);
    onClose();
    if ('error' in answer) return failure(answer.error!);
    success(text('oauth.removed', { name }));
    onRemoved?.();
  };

  if (users) {
    return (
      <Dialog.Root open onOpenChange={(isOpen: boolean) => !isOpen && onClose()}>
        <ConfirmDialog title={text('oauth.inUse', { name })} startAction={<></>} endAction={<CloseButton onClick={onClose} />}>
          {text('oauth.inUseText', { users })}
        </ConfirmDialog>
      </Dialog.Root>
    );
  }
  return (
    <DeleteDialog title={text('oauth.removeTitle', { name })} open onClose={onClose} onConfirm={confirm}>
      {text('oauth.removeText')}
    </DeleteDialog>
  );
}

function CloseButton({ onClick }: { onClick(): void }) {
  const text = useText();
  return (
    <Button fullWidth variant="tertiary" onClick={onClick}>
      {text('common.close')}
    </Button>
  );
}

/** Who uses an authorization, as a list in words; '' when nobody does. */
export function useUsers({ usage }: Authorization): string {
  const text = useText();
  const { formatList } = useIntl();
  return formatList([...usage.scanners.map(({ name }) => name), ...(usage.outgoingMail ? [text('outgoing.title')] : [])]);
}
