import { STATUS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Flex, MenuItem, TextButton, Typography } from '@strapi/design-system';
import { Check, WarningCircle } from '@strapi/icons';
import {
  useAssigneesQuery,
  useClosingEmailsMutation,
  useMarkAllSpamMutation,
  useUpdateAllTicketsMutation,
  useUpdateTicketsMutation,
  type TicketChange,
  type TicketFilters,
} from '../../api/tickets';
import { useTeamsQuery } from '../../api/teams';
import { useAgentLabel } from '../../shared/helpdesk/useAgentLabel';
import { statusChangeOf, useStatusOptions } from '../../shared/helpdesk/useStatuses';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { BulkTags } from './BulkTags';
import { DeleteDialog } from '../../shared/components/DeleteDialog';
import { useMarkSpam } from '../MarkedSpam';
import { CloseDialog } from './CloseDialog';
import { useText } from '../../shared/hooks/useText';
import { MenuButton } from '../../shared/components/OpenMenu';

interface BulkActionsProps {
  ids: string[];
  /** The list of which these are all of a page, and how many it has, where it has more. */
  whole?: { filters: TicketFilters; count: string } | null;
  /** The list is that of spam: here it is taken back. */
  isOfSpam?: boolean;
  /** `work`: the id of what was begun. */
  onDone(work?: string): void;
}

/** What can be done with the chosen tickets at once, or with all of their list. */
export function BulkActions({ ids, whole = null, isOfSpam = false, onDone }: BulkActionsProps) {
  const text = useText();
  const labelOf = useAgentLabel();
  const { canEditTickets } = useAllowed();
  const { success, failure } = useFeedback();
  const { data: agents = [] } = useAssigneesQuery();
  const { data: teams = [] } = useTeamsQuery();
  const [update, { isLoading }] = useUpdateTicketsMutation();
  const [updateAll] = useUpdateAllTicketsMutation();
  const [wantsAll, setWantsAll] = React.useState(false);
  const all = wantsAll ? whole : null;
  const [askClosing, { isLoading: isAsking }] = useClosingEmailsMutation();
  /** How many emails would leave: it is asked whether they are to. */
  const [closing, setClosing] = React.useState<{ emails: number; data: TicketChange } | null>(null);
  const statuses = useStatusOptions();
  const markSpam = useMarkSpam();
  const [markAll] = useMarkAllSpamMutation();
  const [asksSpam, setAsksSpam] = React.useState(false);
  const isBusy = isLoading || isAsking;
  const count = all ? text('inbox.allChosen', { count: all.count }) : text('inbox.selected', { count: ids.length });
  const close = async (data: TicketChange) => {
    const answer = await askClosing(all ? { filter: all.filters } : { ids });
    if ('error' in answer) return failure(answer.error!);
    if (answer.data.emails > 0) return setClosing({ emails: answer.data.emails, data });
    await change(data);
  };
  const change = async (data: TicketChange, quiet: { tellCustomers?: false } = {}) => {
    if (all) {
      const answer = await updateAll({ filter: all.filters, data, ...quiet });
      return 'error' in answer ? failure(answer.error!) : onDone(answer.data.id);
    }
    const answer = await update({ ids, data, ...quiet });
    if ('error' in answer) return failure(answer.error!);
    success(text('inbox.changed', { count: answer.data.changed }));
    onDone();
  };
  const spam = async () => {
    if (all) return isOfSpam ? spamAll() : setAsksSpam(true);
    if (await markSpam(ids, !isOfSpam)) onDone();
  };
  const spamAll = async () => {
    setAsksSpam(false);
    const answer = await markAll({ filter: all!.filters, isSpam: !isOfSpam });
    return 'error' in answer ? failure(answer.error!) : onDone(answer.data.id);
  };
  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.bulk')}>
      <Typography textColor="neutral800" role="status">
        {count}
      </Typography>
      {whole && !all && <TextButton onClick={() => setWantsAll(true)}>{text('inbox.chooseAll', { count: whole.count })}</TextButton>}
      <MenuButton label={text('inbox.assign')} disabled={isBusy}>
        {agents.map((agent) => (
          <MenuItem key={agent.id} onSelect={() => change({ assignee: agent.id })}>
            {labelOf(agent)}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => change({ assignee: null })}>{text('inbox.nobody')}</MenuItem>
      </MenuButton>
      {teams.length > 0 && (
        <MenuButton label={text('teams.team')} disabled={isBusy}>
          {teams.map(({ documentId, name }) => (
            <MenuItem key={documentId} onSelect={() => change({ helpdeskTeam: documentId })}>
              {name}
            </MenuItem>
          ))}
          <MenuItem onSelect={() => change({ helpdeskTeam: null })}>{text('teams.noTeam')}</MenuItem>
        </MenuButton>
      )}
      {canEditTickets && (
        <>
          <MenuButton label={text('inbox.setStatus')} disabled={isBusy}>
            {statuses.map(({ value, label, kind }) => (
              <MenuItem key={value} onSelect={() => (kind === STATUS.closed ? close : change)(statusChangeOf(value))}>
                {label}
              </MenuItem>
            ))}
          </MenuButton>
          <BulkTags onChange={change} disabled={isBusy} />
          <Button size="S" variant="tertiary" startIcon={<Check />} loading={isBusy} onClick={() => close({ ticketStatus: STATUS.closed })}>
            {text('inbox.close')}
          </Button>
          <Button size="S" variant="tertiary" startIcon={<WarningCircle />} disabled={isBusy} onClick={spam}>
            {text(isOfSpam ? 'spam.not' : 'spam.mark')}
          </Button>
        </>
      )}
      <DeleteDialog title={text('spam.all')} open={asksSpam} onClose={() => setAsksSpam(false)} onConfirm={spamAll}>
        {`${count}. ${text('spam.allText')}`}
      </DeleteDialog>
      {closing !== null && (
        <CloseDialog
          emails={closing.emails}
          count={count}
          onClose={() => setClosing(null)}
          onConfirm={(tells) => {
            setClosing(null);
            void change(closing.data, tells ? {} : { tellCustomers: false });
          }}
        />
      )}
    </Flex>
  );
}
