import * as React from 'react';
import { Typography } from '@strapi/design-system';
import type { Editor } from '@tiptap/react';
import { useMentionableQuery } from '../../api/notices';
import type { Agent } from '../../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useAgentLabel } from '../../shared/helpdesk/useAgentLabel';
import { useText } from '../../shared/hooks/useText';
import { Option, Options } from './OptionList';
import { EditorMenu, textBefore, type EditorMenuHandle, type Typed } from './EditorMenu';

const MOST_SHOWN = 8;

/** What was typed behind an "@" at the beginning of a word, up to the cursor. A name may have blanks. */
function mentionIn(editor: Editor): Typed | null {
  const before = textBefore(editor);
  const match = before && /(?:^|[\s(\ufffc])@([^@\n]{0,40})$/.exec(before.text);
  return match ? { search: match[1], from: before.start + before.text.length - match[1].length - 1, to: before.to } : null;
}

/** Those with a part of their name that begins with these letters. */
function peopleCalled(people: Agent[], search: string): Agent[] {
  const letters = ` ${search.toLowerCase()}`;
  return people.filter((agent) => ` ${nameOfAgent(agent).toLowerCase()}`.includes(letters)).slice(0, MOST_SHOWN);
}

/** Offers the colleagues that a note may name. */
export const MentionMenu = React.forwardRef<EditorMenuHandle, { editor: Editor; listId: string; ticket: string }>(function MentionMenu(
  { editor, listId, ticket },
  ref,
) {
  const text = useText();
  const labelOf = useAgentLabel();
  const { data: people = [] } = useMentionableQuery(ticket);
  return (
    <EditorMenu<Agent>
      ref={ref}
      editor={editor}
      listId={listId}
      typedIn={mentionIn}
      find={(search) => peopleCalled(people, search)}
      onTake={(agent, { from, to }) =>
        editor
          .chain()
          .focus()
          .deleteRange({ from, to })
          .insertContent({ type: 'text', text: `@${nameOfAgent(agent)} ` })
          .run()
      }
    >
      {(found, active, take) => (
        <Options role="listbox" id={listId} aria-label={text('notices.mention')}>
          {found.map((agent, index) => (
            <Option
              key={agent.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(agent)}
            >
              <Typography textColor="neutral800">{labelOf(agent)}</Typography>
            </Option>
          ))}
        </Options>
      )}
    </EditorMenu>
  );
});
