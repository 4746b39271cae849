import { STATUS, STATUSES } from '../../../../shared/vocabulary';
import { Button, Flex, MenuItem, SimpleMenu, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useAssigneesQuery, useUpdateTicketsMutation, type TicketChange } from '../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { BulkTags } from './BulkTags';
import { useText } from '../../shared/hooks/useText';

/** What can be done with the chosen tickets at once. */
export function BulkActions({ ids, onDone }: { ids: string[]; onDone(): void }) {
  const text = useText();
  const { canEditTickets } = useAllowed();
  const { success, failure } = useFeedback();
  const { data: agents = [] } = useAssigneesQuery();
  const [update, { isLoading }] = useUpdateTicketsMutation();
  const change = async (data: TicketChange) => {
    const answer = await update({ ids, data });
    if ('error' in answer) return failure(answer.error!);
    success(text('inbox.changed', { count: answer.data.changed }));
    onDone();
  };
  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.bulk')}>
      <Typography textColor="neutral800" role="status">
        {text('inbox.selected', { count: ids.length })}
      </Typography>
      <SimpleMenu size="S" variant="tertiary" label={text('inbox.assign')} disabled={isLoading}>
        {agents.map((agent) => (
          <MenuItem key={agent.id} onSelect={() => change({ assignee: agent.id })}>
            {nameOfAgent(agent)}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => change({ assignee: null })}>{text('inbox.nobody')}</MenuItem>
      </SimpleMenu>
      {canEditTickets && (
        <>
          <SimpleMenu size="S" variant="tertiary" label={text('inbox.setStatus')} disabled={isLoading}>
            {STATUSES.map((ticketStatus) => (
              <MenuItem key={ticketStatus} onSelect={() => change({ ticketStatus })}>
                {text(`inbox.status.${ticketStatus}`)}
              </MenuItem>
            ))}
          </SimpleMenu>
          <BulkTags onChange={change} disabled={isLoading} />
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Check />}
            loading={isLoading}
            onClick={() => change({ ticketStatus: STATUS.closed })}
          >
            {text('inbox.close')}
          </Button>
        </>
      )}
    </Flex>
  );
}
