import * as React from 'react';
import { Button } from '@strapi/design-system';
import type { Address } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';
import { People } from './People';

const LINES = [
  { name: 'cc', title: 'compose.cc', add: 'compose.addCc' },
  { name: 'bcc', title: 'compose.bcc', add: 'compose.addBcc' },
] as const;

/** Those of a line that is not offered are left out. */
type Copies = { cc: Address[]; bcc?: Address[] };

interface CopyLinesProps {
  /** Whose people are suggested; left out: nobody is. */
  ticketId?: string;
  people: Copies;
  onChange(changed: Partial<Copies>): void;
}

/**
 * Who gets a copy: a line that has nobody is a button, as short as mail programs have it, until somebody opens it. `close` makes buttons of
 * those again.
 */
export function useCopyLines({ ticketId, people, onChange }: CopyLinesProps) {
  const text = useText();
  const [opened, setOpened] = React.useState<readonly string[]>([]);
  const lines = LINES.flatMap((line) => {
    const those = people[line.name];
    return those ? [{ ...line, those, isOpened: opened.includes(line.name) }] : [];
  });
  const isShown = ({ those, isOpened }: (typeof lines)[number]) => those.length > 0 || isOpened;
  return {
    buttons: lines
      .filter((line) => !isShown(line))
      .map(({ name, title, add }) => (
        <Button
          key={name}
          type="button"
          variant="ghost"
          size="S"
          aria-label={text(add)}
          paddingLeft={2}
          paddingRight={2}
          onClick={() => setOpened([...opened, name])}
        >
          {text(title)}
        </Button>
      )),
    fields: lines
      .filter(isShown)
      .map(({ name, title, those, isOpened }) => (
        <People
          key={name}
          ticketId={ticketId}
          label={text(title)}
          people={those}
          focusFirst={isOpened}
          onChange={(changed) => onChange({ [name]: changed })}
        />
      )),
    close: () => setOpened([]),
  };
}
