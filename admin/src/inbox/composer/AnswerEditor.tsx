import * as React from 'react';
import { Box, Flex } from '@strapi/design-system';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { styled } from 'styled-components';
import type { FilledReply } from '../api/answering';
import type { Attachment } from '../api/tickets';
import { EditorFrame, EditorToolbar } from '../../shared/components/EditorFrame';
import { holds } from '../../shared/utils/plainWords';
import { CannedReplyList } from './CannedReplyList';
import { InlinePicture } from './inlinePicture';
import { cleanPastedHtml } from './pastedHtml';

export interface AnswerEditorHandle {
  focus(): void;
  insertHtml(html: string): void;
  insertPicture(picture: Attachment, width: number | null): void;
}

interface AnswerEditorProps {
  label: string;
  placeholder: string;
  html: string;
  onChange(html: string): void;
  /** Whether it takes the focus as soon as it is there. */
  focusFirst: boolean;
  /** What "/" at the beginning of a line offers. */
  replies: FilledReply[];
  onReply(reply: FilledReply): void;
  onPastedFiles(files: File[]): void;
  loadPicture(contentId: string): Promise<Blob>;
  /** By the keys that send; with Shift, the ticket is closed, too. */
  onSend(event: { shiftKey: boolean }): void;
  children?: React.ReactNode;
}

/** Where an answer is written: formatted text, with pictures and canned replies. */
export const AnswerEditor = React.forwardRef<AnswerEditorHandle, AnswerEditorProps>(function AnswerEditor(props, ref) {
  const latest = React.useRef(props);
  React.useEffect(() => {
    latest.current = props;
  });
  const { html, label, placeholder, replies, onReply, children } = props;
  const listId = React.useId();
  const typed = React.useRef(html);
  const menu = React.useRef<SlashMenuHandle>(null);
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: { openOnClick: false }, heading: false }),
      InlinePicture.configure({ load: (contentId) => latest.current.loadPicture(contentId) }),
    ],
    content: html,
    autofocus: props.focusFirst ? 'end' : false,
    editorProps: {
      attributes: () => ({ role: 'textbox', 'aria-multiline': 'true', 'aria-label': latest.current.label }),
      transformPastedHTML: cleanPastedHtml,
      handlePaste: (_, { clipboardData }) => {
        const files = pastedFiles(clipboardData);
        if (files.length > 0) latest.current.onPastedFiles(files);
        return files.length > 0;
      },
      // Files that are dropped are taken by the composer around.
      handleDrop: (_, { dataTransfer }) => (dataTransfer?.files.length ?? 0) > 0,
      handleKeyDown: (_, event) => {
        if (menu.current?.onKeyDown(event)) return true;
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
        latest.current.onSend(event);
        return true;
      },
    },
    onUpdate: ({ editor: changed }) => {
      typed.current = changed.isEmpty ? '' : changed.getHTML();
      latest.current.onChange(typed.current);
    },
  });

  // A text from outside: an answer that was sent, or taken back.
  React.useEffect(() => {
    if (!editor || html === typed.current) return;
    typed.current = html;
    editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  // The editor asks for its attributes when something changes in it.
  React.useEffect(() => {
    if (isThere(editor)) editor.view.setProps({});
  }, [editor, label]);

  React.useImperativeHandle(ref, () => ({
    focus: () => void editor?.chain().focus('end').scrollIntoView().run(),
    insertHtml: (added) => void editor?.chain().focus().insertContent(added).run(),
    insertPicture: ({ contentId, name }, width) =>
      void editor
        ?.chain()
        .focus()
        .insertContent({ type: InlinePicture.name, attrs: { src: `cid:${contentId}`, alt: name, width } })
        .run(),
  }));

  if (!editor) return null;
  return (
    <Roomy>
      <Flex gap={1} padding={2} wrap="wrap" justifyContent="space-between" background="neutral100">
        <EditorToolbar editor={editor} />
        {children}
      </Flex>
      <Box position="relative">
        {html === '' && <Placeholder aria-hidden>{placeholder}</Placeholder>}
        <EditorContent editor={editor} />
        <SlashMenu ref={menu} editor={editor} listId={listId} replies={replies} onReply={onReply} />
      </Box>
    </Roomy>
  );
});

/** On a slow computer an editor is made anew before it has come to the page, and the first one has no view any more. */
const isThere = (editor: Editor | null): editor is Editor => editor !== null && !editor.isDestroyed;

/** Files on the clipboard. Word adds a picture of what was copied: where there is text, that is what is meant. */
function pastedFiles(clipboard: DataTransfer | null): File[] {
  const text = (clipboard?.getData('text/html') ?? '').replace(/<!--[\s\S]*?-->|<style[\s\S]*?<\/style>|<[^>]*>|&nbsp;|\s/g, '');
  return text === '' && clipboard ? [...clipboard.files] : [];
}

interface SlashMenuHandle {
  /** Whether the key was for the menu. */
  onKeyDown(event: KeyboardEvent): boolean;
}

interface SlashMenuProps {
  editor: Editor;
  listId: string;
  replies: FilledReply[];
  onReply(reply: FilledReply): void;
}

/** What was typed behind a "/" at the beginning of a paragraph, up to the cursor. */
function slashOf({ state: { selection } }: Editor): { search: string; from: number; to: number } | null {
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const [, search] = /^\/(.{0,40})$/.exec($from.parent.textBetween(0, $from.parentOffset, '\n', '\ufffc')) ?? [];
  return search === undefined ? null : { search, from: $from.start(), to: $from.pos };
}

/** Offers canned replies beneath the line; arrow keys choose, Enter takes, Escape leaves the text as it is. */
const SlashMenu = React.forwardRef<SlashMenuHandle, SlashMenuProps>(function SlashMenu({ editor, listId, replies, onReply }, ref) {
  const slash = useEditorState({ editor, selector: ({ editor: now }) => slashOf(now) });
  const [chosen, setChosen] = React.useState(0);
  const [dismissed, setDismissed] = React.useState(false);
  const found = slash ? replies.filter(({ name }) => holds(name, slash.search)) : [];
  const isOpen = slash !== null && !dismissed && found.length > 0;
  const active = Math.min(chosen, found.length - 1);

  const search = slash?.search;
  React.useEffect(() => {
    setChosen(0);
    if (search === undefined) setDismissed(false);
  }, [search]);

  const take = (reply: FilledReply) => {
    editor.chain().focus().deleteRange(slash!).insertContent(reply.html).run();
    onReply(reply);
  };
  React.useImperativeHandle(ref, () => ({
    onKeyDown: ({ key, ctrlKey, metaKey }) => {
      const move = (step: number) => setChosen((active + step + found.length) % found.length);
      const actions: Record<string, () => void> = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Enter: () => take(found[active]),
        Tab: () => take(found[active]),
        Escape: () => setDismissed(true),
      };
      if (!isOpen || ctrlKey || metaKey || !Object.hasOwn(actions, key)) return false;
      actions[key]();
      return true;
    },
  }));
  React.useEffect(() => {
    if (!isThere(editor)) return;
    if (isOpen) editor.view.dom.setAttribute('aria-activedescendant', `${listId}-${active}`);
    else editor.view.dom.removeAttribute('aria-activedescendant');
  });

  if (!isOpen || !isThere(editor)) return null;
  const caret = editor.view.coordsAtPos(slash.from);
  const frame = editor.view.dom.getBoundingClientRect();
  return (
    <Beneath style={{ top: caret.bottom - frame.top + 4, left: Math.max(8, caret.left - frame.left) }}>
      <CannedReplyList id={listId} replies={found} active={active} onPick={take} />
    </Beneath>
  );
});

const Roomy = styled(EditorFrame)`
  overflow: visible;

  .ProseMirror {
    min-height: 14rem;
    max-height: 60vh;
    overflow-y: auto;
    overflow-wrap: anywhere;
  }

  .ProseMirror :is(p, li) {
    unicode-bidi: plaintext;
    text-align: start;
  }

  .ProseMirror img {
    max-width: 100%;
    height: auto;
  }

  .ProseMirror img.ProseMirror-selectednode {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

const Placeholder = styled.div`
  position: absolute;
  /* The editor's ground would cover it. */
  z-index: 1;
  padding: 1.6rem;
  pointer-events: none;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.4rem;
  line-height: 1.5;
`;

const Beneath = styled.div`
  position: absolute;
  z-index: 4;
  max-width: calc(100% - 1.6rem);
`;
