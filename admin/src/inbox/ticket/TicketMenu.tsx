import * as React from 'react';
import { MenuItem } from '@strapi/design-system';
import { useLocation, useNavigate } from 'react-router-dom';
import { useDeleteTicketMutation } from '../../api/ticketActions';
import type { Ticket } from '../../api/tickets';
import { DeleteDialog } from '../../shared/components/DeleteDialog';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { placeOfTicket } from '../../shared/helpdesk/places';
import { usePlaceInList } from '../fromList';
import { MergeDialog } from './MergeDialog';
import { RenameDialog } from './RenameDialog';
import { MenuButton } from '../../shared/components/OpenMenu';

/** What is done with a ticket as a whole and not every day. */
export function TicketMenu({ ticket, onSpam }: { ticket: Ticket; onSpam?(): void }) {
  const text = useText();
  const navigate = useNavigate();
  const { state } = useLocation();
  const { list } = usePlaceInList(ticket.documentId);
  const { success, failure } = useFeedback();
  const { canEditTickets, canMergeTickets, canDeleteTickets } = useAllowed();
  const [open, setOpen] = React.useState<'merge' | 'rename' | 'delete' | null>(null);
  const [remove] = useDeleteTicketMutation();
  const canMerge = canMergeTickets && !ticket.mergedInto;
  const canRename = canEditTickets && !ticket.mergedInto;
  const canPrint = !ticket.mergedInto;
  if (!canPrint && !canDeleteTickets) return null;

  const confirmDelete = async () => {
    const answer = await remove(ticket.documentId);
    if ('error' in answer) return failure(answer.error!);
    success(text('ticket.deleted', { number: ticket.ticketNumber }));
    navigate(list.to);
  };
  return (
    <>
      <MenuButton placement="bottom-end" label={text('ticket.more')} dotsOnPhone>
        {canRename && <MenuItem onSelect={() => setOpen('rename')}>{text('ticket.rename')}</MenuItem>}
        {canMerge && <MenuItem onSelect={() => setOpen('merge')}>{text('ticket.merge')}</MenuItem>}
        {canPrint && (
          <MenuItem onSelect={() => navigate(`${placeOfTicket(ticket.documentId)}/print`, { state })}>{text('print.view')}</MenuItem>
        )}
        {onSpam && <MenuItem onSelect={onSpam}>{text(ticket.isSpam ? 'spam.not' : 'spam.mark')}</MenuItem>}
        {canDeleteTickets && (
          <MenuItem variant="danger" onSelect={() => setOpen('delete')}>
            {text('ticket.delete')}
          </MenuItem>
        )}
      </MenuButton>
      {open === 'rename' && <RenameDialog ticket={ticket} onClose={() => setOpen(null)} />}
      {open === 'merge' && <MergeDialog ticket={ticket} onClose={() => setOpen(null)} />}
      <DeleteDialog
        title={text('ticket.deleteTitle', { number: ticket.ticketNumber })}
        open={open === 'delete'}
        onClose={() => setOpen(null)}
        onConfirm={confirmDelete}
      >
        {text('ticket.deleteText', { count: ticket.comments.length + ticket.earlierComments })}
      </DeleteDialog>
    </>
  );
}
