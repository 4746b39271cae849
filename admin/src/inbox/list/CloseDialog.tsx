import { Button, Flex, Typography } from '@strapi/design-system';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useText } from '../../shared/hooks/useText';

interface CloseDialogProps {
  /** How many customers would be told. */
  emails: number;
  /** What is closed, in words. */
  count: string;
  onClose(): void;
  onConfirm(tellCustomers: boolean): void;
}

/** Says, before many tickets are closed, how many emails that sends, and leaves them out where somebody wants that. */
export function CloseDialog({ emails, count, onClose, onConfirm }: CloseDialogProps) {
  const text = useText();
  return (
    <ModalDialog
      title={text('bulkClose.title')}
      onClose={onClose}
      actions={
        <Flex gap={2} wrap="wrap" justifyContent="flex-end">
          <Button variant="secondary" onClick={() => onConfirm(false)}>
            {text('bulkClose.quiet')}
          </Button>
          <Button onClick={() => onConfirm(true)}>{text('bulkClose.tell', { count: emails })}</Button>
        </Flex>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Typography textColor="neutral800">{count}</Typography>
        <Typography textColor="neutral800">{text('bulkClose.text', { count: emails })}</Typography>
      </Flex>
    </ModalDialog>
  );
}
