import * as React from 'react';
import { Button, Dialog, Typography } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useReturnFocus } from '../shared/hooks/useReturnFocus';
import { useText } from '../shared/hooks/useText';

interface MergeDialogProps {
  name: string;
  /** The one that remains; undefined as long as nobody knows. */
  other: string | undefined;
  /** What moves; undefined as long as nobody knows. */
  moves: string | undefined;
  isLoading: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Says what moves from one record to another, and asks before it does. */
export function MergeDialog({ name, other, moves, isLoading, onConfirm, onClose }: MergeDialogProps) {
  const text = useText();
  useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && !isLoading && onClose()}>
      <ConfirmDialog
        title={text('people.mergeTitle', { name, other: other ?? '…' })}
        endAction={
          <Button fullWidth variant="danger-light" disabled={!moves || !other} loading={isLoading} onClick={onConfirm}>
            {text('people.mergeConfirm')}
          </Button>
        }
      >
        <Typography textColor="neutral800">{moves}</Typography>
      </ConfirmDialog>
    </Dialog.Root>
  );
}
