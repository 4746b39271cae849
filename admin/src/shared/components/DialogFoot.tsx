import * as React from 'react';
import { Button, Modal } from '@strapi/design-system';
import { useText } from '../hooks/useText';

interface DialogFootProps {
  onClose(): void;
  /** Nothing is decided in it: it is closed, and not cancelled. */
  isOnlyRead?: boolean;
  /** What the dialog is for. */
  children?: React.ReactNode;
}

/** The foot of a dialog: the way out on the left, what it is for on the right. */
export function DialogFoot({ onClose, isOnlyRead = false, children }: DialogFootProps) {
  const text = useText();
  return (
    <Modal.Footer>
      <Button type="button" variant="tertiary" onClick={onClose}>
        {text(isOnlyRead ? 'common.close' : 'ticket.cancel')}
      </Button>
      {children}
    </Modal.Footer>
  );
}
