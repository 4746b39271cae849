import * as React from 'react';
import { Box, Flex, Tag, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useDebounce } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { usePeopleQuery } from '../../api/answering';
import type { Address } from '../../api/tickets';
import { BlockedNote } from '../BlockedNote';
import { useText } from '../../shared/hooks/useText';
import { describeAddress, readAddresses, withoutRepeats } from './addresses';

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

/** A line of an email's head: its people, and a field that takes more of them. */
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
