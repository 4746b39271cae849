import * as React from 'react';
import { Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useReturnFocus } from '../hooks/useReturnFocus';

interface DeleteDialogProps {
  title: string;
  children: React.ReactNode;
  open: boolean;
  onClose(): void;
  onConfirm(): void;
}

/** Asks before something goes. */
export function DeleteDialog({ title, children, open, onClose, onConfirm }: DeleteDialogProps) {
  useReturnFocus(open);
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen: boolean) => !isOpen && onClose()}>
      <ConfirmDialog title={title} onConfirm={onConfirm}>
        {children}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
