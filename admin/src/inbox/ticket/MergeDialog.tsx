import { STATUS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Box, Button, Field, Flex, Radio, TextInput, Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { useMergeTicketMutation } from '../../api/ticketActions';
import { useTicketsQuery, type Ticket, type TicketRow } from '../../api/tickets';
import { nameOfContact } from '../../shared/helpdesk/names';
import { Notice } from '../../shared/components/Notice';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useStatusName } from '../../shared/helpdesk/useStatuses';
import { useText } from '../../shared/hooks/useText';
import { placeOfTicket } from '../../shared/helpdesk/places';

const OFFERED = 8;

/** Finds the ticket that this one goes into, says what will happen, and does it. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const text = useText();
  const statusName = useStatusName();
  const navigate = useNavigate();
  // The list that the ticket was opened from stays known.
  const { state } = useLocation();
  const { success, failure } = useFeedback();
  const [words, setWords] = React.useState('');
  const [target, setTarget] = React.useState<TicketRow | null>(null);
  const [merge, { isLoading }] = useMergeTicketMutation();
  const found = useCandidates(ticket, words);

  const submit = async () => {
    if (!target) return;
    const answer = await merge({ id: ticket.documentId, into: target.documentId });
    if ('error' in answer) return failure(answer.error!);
    success(text('ticket.merged', { from: ticket.ticketNumber, into: answer.data.ticketNumber }));
    onClose();
    navigate(placeOfTicket(answer.data.documentId), { state });
  };

  return (
    <ModalDialog
      title={text('ticket.mergeTitle', { number: ticket.ticketNumber })}
      onClose={onClose}
      actions={
        <Button disabled={!target} loading={isLoading} onClick={submit}>
          {target ? text('ticket.mergeInto', { number: target.ticketNumber }) : text('ticket.merge')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="search" hint={text('ticket.mergeSearchHint')}>
          <Field.Label>{text('ticket.mergeSearch')}</Field.Label>
          <TextInput
            autoComplete="off"
            placeholder={text('inbox.searchPlaceholder')}
            value={words}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setWords(event.target.value)}
          />
          <Field.Hint />
        </Field.Root>
        {found?.length === 0 && (
          <Typography textColor="neutral600">{text(words.trim() ? 'ticket.mergeNothing' : 'ticket.mergeNoOther')}</Typography>
        )}
        {found && found.length > 0 && (
          <Radio.Group
            aria-label={text('ticket.mergeSearch')}
            value={target?.documentId ?? ''}
            onValueChange={(id: string) => setTarget(found.find(({ documentId }) => documentId === id) ?? null)}
          >
            {found.map((candidate) => (
              <Radio.Item key={candidate.documentId} value={candidate.documentId}>
                {[
                  `${candidate.ticketNumber} ${candidate.title}`,
                  candidate.contact && nameOfContact(candidate.contact),
                  statusName(candidate),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Radio.Item>
            ))}
          </Radio.Group>
        )}
        {target && <Consequences ticket={ticket} target={target} />}
      </Flex>
    </ModalDialog>
  );
}

/** The tickets that the search finds; undefined before the first answer. Without a search: the other tickets of the contact, because one of them is usually meant. */
function useCandidates(ticket: Ticket, words: string): TicketRow[] | undefined {
  const search = useDebounce(words.trim(), 300);
  const contact = search || !ticket.contact ? undefined : ticket.contact.documentId;
  const { data } = useTicketsQuery({ view: 'all', search, contact, pageSize: OFFERED + 1 });
  const possible = data?.data.filter(({ documentId, mergedInto }) => documentId !== ticket.documentId && !mergedInto);
  return possible?.slice(0, OFFERED);
}

function Consequences({ ticket, target }: { ticket: Ticket; target: TicketRow }) {
  const text = useText();
  const numbers = { from: ticket.ticketNumber, into: target.ticketNumber };
  const reopens = target.ticketStatus === STATUS.closed && ticket.ticketStatus !== STATUS.closed;
  const differ = ticket.contact && target.contact && ticket.contact.documentId !== target.contact.documentId;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box tag="ul" paddingLeft={5} style={{ listStyle: 'disc' }}>
        {[
          text('ticket.mergeMoves', { ...numbers, count: ticket.comments.length + ticket.earlierComments }),
          text('ticket.mergeCloses', numbers),
          ...(reopens ? [text('ticket.mergeReopens', numbers)] : []),
          text('ticket.mergeForGood'),
        ].map((sentence) => (
          <li key={sentence}>
            <Typography textColor="neutral800">{sentence}</Typography>
          </li>
        ))}
      </Box>
      {differ && (
        <Notice variant="warning" title={text('ticket.mergeDiffer')}>
          {text('ticket.mergeDifferText', { ...numbers, one: nameOfContact(target.contact!), other: nameOfContact(ticket.contact!) })}
        </Notice>
      )}
    </Flex>
  );
}
