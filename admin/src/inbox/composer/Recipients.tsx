import * as React from 'react';
import { Box, Button, Flex, Tag, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useDebounce } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { usePeopleQuery } from '../../api/answering';
import type { Address, Ticket } from '../../api/tickets';
import { BlockedNote } from '../BlockedNote';
import { Notice } from '../../shared/components/Notice';
import { useText } from '../../shared/hooks/useText';
import { describeAddress, readAddresses, withoutRepeats } from './addresses';

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
  const [showsCc, setShowsCc] = React.useState(false);
  const [showsBcc, setShowsBcc] = React.useState(false);
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
        {people.cc.length === 0 && !showsCc && (
          <AddLine label={text('compose.addCc')} onClick={() => setShowsCc(true)}>
            {text('compose.cc')}
          </AddLine>
        )}
        {bcc.length === 0 && !showsBcc && (
          <AddLine label={text('compose.addBcc')} onClick={() => setShowsBcc(true)}>
            {text('compose.bcc')}
          </AddLine>
        )}
        {numberOf(all) > numberOf(sender) && !isFor(sender) && (
          <Button type="button" variant="ghost" size="S" onClick={() => (choose(sender), setShowsCc(false))}>
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
              setShowsCc(false);
              setShowsBcc(false);
              toField.current?.focus();
            }}
          >
            {text('compose.usual')}
          </Button>
        )}
      </People>
      {(people.cc.length > 0 || showsCc) && (
        <People
          ticketId={ticketId}
          label={text('compose.cc')}
          people={people.cc}
          focusFirst={showsCc}
          onChange={(changed) => onChange({ ...people, cc: changed })}
        />
      )}
      {(bcc.length > 0 || showsBcc) && (
        <People
          ticketId={ticketId}
          label={text('compose.bcc')}
          people={bcc}
          focusFirst={showsBcc}
          onChange={(changed) => onChange({ ...people, bcc: changed })}
        />
      )}
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

/** Opens another line of recipients. As short as mail programs have it, so that it stands beside the addresses. */
export const AddLine = ({ label, onClick, children }: { label: string; onClick(): void; children: string }) => (
  <Button type="button" variant="ghost" size="S" aria-label={label} paddingLeft={2} paddingRight={2} onClick={onClick}>
    {children}
  </Button>
);

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

interface PeopleProps {
  /** Whose people are suggested; left out: nobody is. */
  ticketId?: string;
  label: string;
  people: Address[];
  onChange(people: Address[]): void;
  /** Whether the field takes the focus when it appears, because the author opened it to type. */
  focusFirst?: boolean;
  children?: React.ReactNode;
}

export const People = React.forwardRef<HTMLInputElement, PeopleProps>(function People(
  { ticketId, label, people, onChange, focusFirst = false, children },
  ref,
) {
  const text = useText();
  const id = React.useId();
  const field = React.useRef<HTMLInputElement>(null);
  React.useImperativeHandle(ref, () => field.current!);
  React.useEffect(() => {
    if (focusFirst) field.current?.focus();
  }, [focusFirst]);
  const [typed, setTyped] = React.useState('');
  const [wrong, setWrong] = React.useState<string | null>(null);
  const words = useDebounce(typed.trim(), 200);
  const { currentData: found = [] } = usePeopleQuery({ ticket: ticketId ?? '', search: words }, { skip: !ticketId || words.length < 2 });
  const offered = typed.trim() === '' ? [] : found.filter(({ address }) => !people.some((other) => isSame(other, address)));
  /** Accepts the typed addresses. Other text stays in the field, with an error. */
  const take = (words: string) => {
    const { people: added, rest } = readAddresses(words);
    if (added.length > 0) onChange(withoutRepeats([...people, ...added]));
    setTyped(rest);
    setWrong(rest || null);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Backspace' && typed === '' && people.length > 0) onChange(people.slice(0, -1));
    if (event.key !== 'Enter' && event.key !== ',' && event.key !== ';') return;
    event.preventDefault();
    take(typed);
  };
  return (
    <Box>
      <Flex gap={2} wrap="wrap">
        <Typography tag="label" htmlFor={id} variant="pi" fontWeight="bold" textColor="neutral800" style={{ minWidth: '2.4rem' }}>
          {label}
        </Typography>
        {people.map((person) => (
          <Tag
            key={person.address}
            icon={<Cross aria-hidden />}
            label={text('compose.remove', { name: person.address })}
            maxWidth="100%"
            // A long address needs two lines on a phone.
            height="auto"
            minHeight="3.2rem"
            paddingTop={1}
            paddingBottom={1}
            onClick={() => {
              onChange(people.filter((other) => other !== person));
              field.current?.focus();
            }}
          >
            {describeAddress(person)}
          </Tag>
        ))}
        <Plain
          ref={field}
          id={id}
          value={typed}
          type="text"
          inputMode="email"
          autoComplete="off"
          // Alone it is a plain field.
          list={offered.length > 0 ? `${id}-offered` : undefined}
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          placeholder={text('compose.addAddress')}
          onChange={({ target: { value } }) => {
            setWrong(null);
            // What is chosen from the list comes whole.
            if (offered.some((person) => describeAddress(person) === value)) take(value);
            else setTyped(value);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => typed.trim() && take(typed)}
          onPaste={(event) => {
            event.preventDefault();
            take(`${typed}${event.clipboardData.getData('text')}`);
          }}
        />
        <datalist id={`${id}-offered`}>
          {offered.map((person) => (
            <option
              key={person.address}
              value={describeAddress(person)}
              label={person.isBlocked ? `${describeAddress(person)} (${text('spam.blocked')})` : undefined}
            />
          ))}
        </datalist>
        {children}
      </Flex>
      {wrong && (
        <Typography id={`${id}-wrong`} role="alert" variant="pi" textColor="danger600">
          {text('compose.noAddress', { text: wrong })}
        </Typography>
      )}
      <BlockedNote addresses={people.map(({ address }) => address)} />
    </Box>
  );
});

const isSame = (person: Address, address: string): boolean => person.address.toLowerCase() === address.toLowerCase();

/** A field that looks like the rest of the line of people. */
const Plain = styled.input`
  flex: 1 1 14rem;
  min-width: 14rem;
  padding: 0.6rem 0.4rem;
  border: 0;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  background: transparent;
  color: ${({ theme }) => theme.colors.neutral800};
  font: inherit;
  font-size: 1.4rem;

  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
  }

  &:focus {
    outline: none;
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: 0 1px 0 ${({ theme }) => theme.colors.primary600};
  }

  &[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.danger600};
  }
`;
