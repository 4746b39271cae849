import * as React from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import { useEditorState, type Editor } from '@tiptap/react';
import { useContentEntriesQuery, useContentTextMutation, type ContentEntry } from '../../api/content';
import type { FilledReply } from '../../api/answering';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { holds } from '../../shared/utils/plainWords';
import { EditorMenu, textBefore, type EditorMenuHandle, type Typed } from './EditorMenu';
import { OptionList, type Choice } from './OptionList';
import { optionOf, slashIn } from './slash';

interface SlashMenuProps {
  editor: Editor;
  listId: string;
  ticketId?: string;
  replies: FilledReply[];
  onReply(reply: FilledReply): void;
}

interface Offer extends Choice {
  take(typed: Typed): void;
}

/** The "/" before the cursor; none in code, where it is one. */
function slashOf(editor: Editor): Typed | null {
  const before = textBefore(editor);
  const found = before && slashIn(before.text);
  if (!found || editor.isActive('code') || editor.isActive('codeBlock')) return null;
  return { search: found.search, from: before.to - found.length, to: before.to };
}

/** Offers canned replies and entries of the site; of an entry one chooses then whether its link, its title or its text is put in. */
export const SlashMenu = React.forwardRef<EditorMenuHandle, SlashMenuProps>(function SlashMenu(
  { editor, listId, ticketId, replies, onReply },
  ref,
) {
  const text = useText();
  const search = useEditorState({ editor, selector: ({ editor: now }) => slashOf(now)?.search });
  const [opened, setOpened] = React.useState<{ entry: ContentEntry; search: string } | null>(null);
  // Whoever types on is looking for another one.
  const entry = opened?.search === search ? opened?.entry : undefined;
  const entries = useEntries(ticketId, search);
  const ways = useWays(editor, () => setOpened(null));

  const offersOf = (words: string): Offer[] => [
    ...replies
      .map(optionOf)
      .filter(({ name }) => holds(name, words))
      .map((option) => ({
        ...option,
        take({ from, to }: Typed) {
          editor.chain().focus().deleteRange({ from, to }).insertContent(option.reply.html).run();
          onReply(option.reply);
        },
      })),
    ...entries.map((found) => ({
      key: `${found.uid} ${found.documentId}`,
      name: found.title,
      detail: [found.type, found.locale, found.url].filter(Boolean).join(' · '),
      take: ({ search: words }: Typed) => setOpened({ entry: found, search: words }),
    })),
  ];
  return (
    <EditorMenu<Offer>
      // Each of the two begins with its first one.
      key={entry ? 'ways' : 'all'}
      ref={ref}
      editor={editor}
      listId={listId}
      typedIn={slashOf}
      find={(words) => (entry ? ways(entry) : offersOf(words))}
      onTake={(offer, typed) => offer.take(typed)}
      onBack={entry && (() => setOpened(null))}
    >
      {(found, active, take) => (
        <OptionList id={listId} label={entry ? entry.title : text('slash.title')} options={found} active={active} onPick={take} />
      )}
    </EditorMenu>
  );
});

/** Entries of the site whose title holds what is typed. Until the answer is there, those of the answer before that still do. */
function useEntries(ticket: string | undefined, typed: string | undefined): ContentEntry[] {
  const search = useDebounce(typed ?? '', 150);
  const { data = [], originalArgs, isFetching } = useContentEntriesQuery({ ticket, search }, { skip: typed === undefined });
  if (typed === undefined) return [];
  return !isFetching && originalArgs?.search === typed ? data : data.filter(({ title }) => holds(title, typed));
}

/** How an entry is put in. */
function useWays(editor: Editor, done: () => void) {
  const text = useText();
  const { failure } = useFeedback();
  const [loadText] = useContentTextMutation();
  return (entry: ContentEntry): Offer[] => {
    const put = ({ from, to }: { from: number; to: number }, content: Parameters<Editor['commands']['insertContent']>[0]) => {
      done();
      editor.chain().focus().deleteRange({ from, to }).insertContent(content).run();
    };
    const { title, url } = entry;
    const linked = { type: 'text', text: title, marks: [{ type: 'link', attrs: { href: url } }] };
    const putText = async () => {
      const answer = await loadText(entry);
      if ('error' in answer) return failure(answer.error!);
      // Meanwhile the author may have written on.
      const { from } = editor.state.selection;
      put(slashOf(editor) ?? { from, to: from }, answer.data.html);
    };
    return [
      ...(url
        ? [
            {
              key: 'link',
              name: text('slash.link'),
              detail: url,
              take: (typed: Typed) => put(typed, [linked, { type: 'text', text: ' ' }]),
            },
          ]
        : []),
      { key: 'title', name: text('slash.onlyTitle'), detail: title, take: (typed) => put(typed, { type: 'text', text: title }) },
      ...(entry.hasText ? [{ key: 'text', name: text('slash.text'), detail: text('slash.textHint'), take: () => void putText() }] : []),
    ];
  };
}
