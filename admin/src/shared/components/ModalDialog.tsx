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
        <Modal.Footer gap={2}>
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
      <Modal.Content onOpenAutoFocus={focusFirst}>
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

/** Who opens a dialog to type something types it at once; else its first control, the button that closes it, has the focus. */
function focusFirst(event: Event): void {
  const first = (event.target as HTMLElement).querySelector<HTMLElement>(FIRST);
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** `data-first`: the control that most people want, where that is no field. */
const FIRST = ':is([data-first], input:not([type]), input[type="text"], input[type="email"], input[type="date"], textarea):not([disabled])';
