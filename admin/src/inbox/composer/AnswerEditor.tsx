import * as React from 'react';
import { Box, Flex } from '@strapi/design-system';
import { EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { styled } from 'styled-components';
import type { FilledReply } from '../../api/answering';
import type { Attachment } from '../../api/tickets';
import { EditorFrame, EditorToolbar } from '../../shared/components/EditorFrame';
import { isThere, type EditorMenuHandle } from './EditorMenu';
import { InlinePicture } from './inlinePicture';
import { MentionMenu } from './MentionMenu';
import { cleanPastedHtml } from './pastedHtml';
import { SlashMenu } from './SlashMenu';

export interface AnswerEditorHandle {
  focus(): void;
  insertHtml(html: string): void;
  insertPicture(picture: Attachment, width: number | null): void;
}

export interface AnswerEditorProps {
  label: string;
  placeholder: string;
  html: string;
  onChange(html: string): void;
  /** Whether it takes the focus as soon as it is there. */
  focusFirst: boolean;
  /** Whose customer's language "/" offers entries of the site in; left out for a ticket that is not there yet. */
  ticketId?: string;
  /** What "/" offers beside them. */
  replies: FilledReply[];
  onReply(reply: FilledReply): void;
  /** The ticket whose readers may be named; left out where nobody may. */
  mentionsOn?: string;
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
  const { html, label, placeholder, ticketId, replies, onReply, mentionsOn, children } = props;
  const listId = React.useId();
  const typed = React.useRef(html);
  const slash = React.useRef<EditorMenuHandle>(null);
  const mention = React.useRef<EditorMenuHandle>(null);
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
        if ([slash, mention].some((menu) => menu.current?.onKeyDown(event))) return true;
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
        <SlashMenu ref={slash} editor={editor} listId={listId} ticketId={ticketId} replies={replies} onReply={onReply} />
        {mentionsOn && <MentionMenu ref={mention} editor={editor} listId={`${listId}-people`} ticket={mentionsOn} />}
      </Box>
    </Roomy>
  );
});

/** Files on the clipboard. Word adds a picture of what was copied: where there is text, that is what is meant. */
function pastedFiles(clipboard: DataTransfer | null): File[] {
  const text = (clipboard?.getData('text/html') ?? '').replace(/<!--[\s\S]*?-->|<style[\s\S]*?<\/style>|<[^>]*>|&nbsp;|\s/g, '');
  return text === '' && clipboard ? [...clipboard.files] : [];
}

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
