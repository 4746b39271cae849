import * as React from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import type { Address, Ticket } from '../../api/tickets';
import { Notice } from '../../shared/components/Notice';
import { useText } from '../../shared/hooks/useText';
import { describeAddress } from './addresses';
import { useCopyLines } from './CopyLines';
import { People } from './People';

interface RecipientsProps {
  ticketId: string;
  replyTo: Ticket['replyTo'];
  /** The recipients that the answer begins with. */
  begun: { to: Address[]; cc: Address[] };
  /** null: those. */
  chosen: Chosen | null;
  onChange(chosen: Chosen | null): void;
}

/** The recipients of the answer: the usual ones, until the author adds or removes one. */
export function Recipients({ ticketId, replyTo: { from, all, sender, problem }, begun, chosen, onChange }: RecipientsProps) {
  const text = useText();
  const people: Chosen = chosen ?? begun;
  const { bcc = [] } = people;
  const choose = (some: typeof all) => onChange(bcc.length > 0 ? { ...some, bcc } : some);
  const isFor = (some: typeof all) => numberOf(people) === numberOf(some) && namesOf(people) === namesOf(some);
  const copies = useCopyLines({ ticketId, people: { ...people, bcc }, onChange: (changed) => onChange({ ...people, ...changed }) });
  const toField = React.useRef<HTMLInputElement>(null);
  const isUnsent = problem === 'noSender' || problem === 'templateOff';
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {isUnsent && <Notice variant="warning">{text(`inbox.problem.${problem}`)}</Notice>}
      {problem === 'noRecipient' && people.to.length === 0 && <Notice variant="warning">{text('inbox.problem.noRecipient')}</Notice>}
      <People
        ref={toField}
        ticketId={ticketId}
        label={text('compose.to')}
        people={people.to}
        onChange={(changed) => onChange({ ...people, to: changed })}
      >
        {copies.buttons}
        {numberOf(all) > numberOf(sender) && !isFor(sender) && (
          <Button type="button" variant="ghost" size="S" onClick={() => (choose(sender), copies.close())}>
            {text('compose.onlySender')}
          </Button>
        )}
        {numberOf(all) > numberOf(sender) && !isFor(all) && (
          <Button type="button" variant="ghost" size="S" onClick={() => choose(all)}>
            {text('compose.replyAll')}
          </Button>
        )}
        {chosen && (
          <Button
            type="button"
            variant="ghost"
            size="S"
            onClick={() => {
              onChange(null);
              copies.close();
              toField.current?.focus();
            }}
          >
            {text('compose.usual')}
          </Button>
        )}
      </People>
      {copies.fields}
      {chosen && (
        <Typography variant="pi" textColor="neutral700">
          {text('compose.addedHint')}
        </Typography>
      )}
      {bcc.length > 0 && (
        <Typography variant="pi" textColor="neutral700">
          {text('compose.bccHint')}
        </Typography>
      )}
      {from && (
        <Typography variant="pi" textColor="neutral600">
          {text('inbox.from', { people: describeAddress(from) })}
        </Typography>
      )}
    </Flex>
  );
}

interface Chosen {
  to: Address[];
  cc: Address[];
  /** Left out in drafts of earlier releases, too. */
  bcc?: Address[];
}
const numberOf = ({ to, cc }: Chosen): number => to.length + cc.length;
const namesOf = ({ to, cc }: Chosen): string =>
  [to, cc]
    .map((people) =>
      people
        .map(({ address }) => address.toLowerCase())
        .sort()
        .join(),
    )
    .join(';');
