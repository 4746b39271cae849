import * as React from 'react';
import { IconButton } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';
import { DeleteDialog } from './DeleteDialog';

interface DeleteButtonProps {
  /** Of what is deleted. */
  name: string;
  remove(): PromiseLike<{ data?: unknown; error?: unknown }>;
  /** What goes with it. */
  children: string;
}

/** Deletes after a question, and says what became of it. */
export function DeleteButton({ name, remove, children }: DeleteButtonProps) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [isOpen, setIsOpen] = React.useState(false);
  const confirm = async () => {
    setIsOpen(false);
    const answer = await remove();
    if (answer.error) return failure(answer.error);
    success(text('rules.deleted', { name }));
  };
  return (
    <>
      <IconButton label={text('rules.delete', { name })} variant="ghost" onClick={() => setIsOpen(true)}>
        <Trash />
      </IconButton>
      <DeleteDialog open={isOpen} title={text('rules.deleteTitle', { name })} onClose={() => setIsOpen(false)} onConfirm={confirm}>
        {children}
      </DeleteDialog>
    </>
  );
}
