import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { DialogFoot } from '../../shared/components/DialogFoot';
import { ModalRoot } from '../../shared/components/ModalRoot';
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
    <ModalRoot onClose={onClose}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{text('bulkClose.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={2}>
            <Typography textColor="neutral800">{count}</Typography>
            <Typography textColor="neutral800">{text('bulkClose.text', { count: emails })}</Typography>
          </Flex>
        </Modal.Body>
        <DialogFoot onClose={onClose}>
          <Flex gap={2} wrap="wrap" justifyContent="flex-end">
            <Button variant="secondary" onClick={() => onConfirm(false)}>
              {text('bulkClose.quiet')}
            </Button>
            <Button onClick={() => onConfirm(true)}>{text('bulkClose.tell', { count: emails })}</Button>
          </Flex>
        </DialogFoot>
      </Modal.Content>
    </ModalRoot>
  );
}
