import * as React from 'react';
import { Modal } from '@strapi/design-system';
import { useReturnFocus } from '../hooks/useReturnFocus';

/** A dialog that is there as long as it is drawn. Afterwards the focus is where it was. */
export function ModalRoot({ onClose, children }: { onClose(): void; children: React.ReactNode }) {
  useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(isOpen: boolean) => !isOpen && onClose()}>
      {children}
    </Modal.Root>
  );
}
