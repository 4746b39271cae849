import * as React from 'react';
import { Button, Modal } from '@strapi/design-system';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { useText } from '../hooks/useText';

interface ModalDialogProps {
  title: string;
  onClose(): void;
  /** What the button at the foot says that leaves it: "close" where nothing is decided in it; "none" where there is no foot. */
  wayOut?: 'cancel' | 'close' | 'none';
  /** What the dialog is for: buttons beside the way out. */
  actions?: React.ReactNode;
  /** Makes a form of it. */
  onSubmit?(event: React.FormEvent): void;
  children: React.ReactNode;
}

/** A dialog that is open while it is rendered. Afterwards the focus returns to its old place. */
export function ModalDialog({ title, onClose, wayOut = 'cancel', actions, onSubmit, children }: ModalDialogProps) {
  const text = useText();
  useReturnFocus();
  const content = (
    <>
      <Modal.Header>
        <Modal.Title>{title}</Modal.Title>
      </Modal.Header>
      <Modal.Body>{children}</Modal.Body>
      {wayOut !== 'none' && (
        <Modal.Footer>
          <Button type="button" variant="tertiary" onClick={onClose}>
            {text(wayOut === 'close' ? 'common.close' : 'ticket.cancel')}
          </Button>
          {actions}
        </Modal.Footer>
      )}
    </>
  );
  return (
    <Modal.Root open onOpenChange={(isOpen: boolean) => !isOpen && onClose()}>
      <Modal.Content>
        {onSubmit ? (
          <form onSubmit={onSubmit} noValidate>
            {content}
          </form>
        ) : (
          content
        )}
      </Modal.Content>
    </Modal.Root>
  );
}
