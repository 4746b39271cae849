import * as React from 'react';
import { Modal } from '@strapi/design-system';
import { useReturnFocus } from '../hooks/useReturnFocus';

/** A dialog that is open while it is rendered. Afterwards the focus returns to its old place. */
export function ModalRoot({ onClose, children }: { onClose(): void; children: React.ReactNode }) {
  useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(isOpen: boolean) => !isOpen && onClose()}>
      {children}
    </Modal.Root>
  );
}
