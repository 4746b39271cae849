import * as React from 'react';
import { Box, Button, Flex, IconButton, Textarea, Typography } from '@strapi/design-system';
import { Bold, BulletList, Code, Italic, Link as LinkIcon, NumberList, Quotes } from '@strapi/icons';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { styled } from 'styled-components';
import type { EmailTemplate } from '../api/emailTemplates';
import { useText, type TextKey } from '../utils/useText';
import { TagPicker } from './TagPicker';

interface HtmlEditorProps {
  label: string;
  value: string;
  onChange(html: string): void;
  tags?: EmailTemplate['tags'];
}

/** What the editor would drop: such a text opens as source, so that looking at it changes nothing. */
const BEYOND_EDITOR = /<(table|div|span|img|style|font|center)\b|\sstyle=/i;

/** An editor for the HTML of an email, with its source one click away. */
export function HtmlEditor({ label, value, onChange, tags = [] }: HtmlEditorProps) {
  const text = useText();
  const [isSource, setIsSource] = React.useState(() => BEYOND_EDITOR.test(value));
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {isSource ? <SourceView label={label} value={value} onChange={onChange} tags={tags} /> : <Visual label={label} value={value} onChange={onChange} tags={tags} />}
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" textColor="neutral600">
          {isSource && BEYOND_EDITOR.test(value) ? text('editor.beyond') : ''}
        </Typography>
        <Button type="button" variant="ghost" size="S" startIcon={<Code />} onClick={() => setIsSource(!isSource)}>
          {text(isSource ? 'editor.visual' : 'editor.source')}
        </Button>
      </Flex>
    </Flex>
  );
}

function SourceView({ label, value, onChange, tags = [] }: HtmlEditorProps) {
  const area = React.useRef<HTMLTextAreaElement>(null);
  const insert = (tag: string) => {
    const { selectionStart: start = value.length, selectionEnd: end = start } = area.current ?? {};
    onChange(value.slice(0, start) + tag + value.slice(end));
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="flex-end">{tags.length > 0 && <TagPicker tags={tags} onPick={insert} />}</Flex>
      <Textarea
        ref={area}
        aria-label={label}
        value={value}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)}
        style={{ fontFamily: 'monospace', minHeight: '28rem' }}
      />
    </Flex>
  );
}

function Visual({ label, value, onChange, tags = [] }: HtmlEditorProps) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false } })],
    content: value,
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
    onUpdate: ({ editor: changed }) => onChange(changed.getHTML()),
  });
  if (!editor) return null;
  return (
    <Frame>
      <Flex gap={1} padding={2} wrap="wrap" justifyContent="space-between" background="neutral100">
        <Toolbar editor={editor} />
        {tags.length > 0 && <TagPicker tags={tags} onPick={(tag) => editor.chain().focus().insertContent(tag).run()} />}
      </Flex>
      <EditorContent editor={editor} />
    </Frame>
  );
}

interface Tool {
  name: string;
  label: TextKey;
  icon: React.ReactNode;
  run(editor: Editor): void;
}

const TOOLS: Tool[] = [
  { name: 'bold', label: 'editor.bold', icon: <Bold />, run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', label: 'editor.italic', icon: <Italic />, run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'bulletList', label: 'editor.bulletList', icon: <BulletList />, run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'orderedList', label: 'editor.orderedList', icon: <NumberList />, run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: 'blockquote', label: 'editor.quote', icon: <Quotes />, run: (editor) => editor.chain().focus().toggleBlockquote().run() },
];

function Toolbar({ editor }: { editor: Editor }) {
  const text = useText();
  const active = useEditorState({ editor, selector: ({ editor: now }) => ['link', ...TOOLS.map(({ name }) => name)].filter((name) => now.isActive(name)) });
  const link = () => {
    const before = String(editor.getAttributes('link').href ?? '');
    const href = window.prompt(text('editor.linkAddress'), before || 'https://');
    if (href === null) return;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href.trim() === '' || href === 'https://') chain.unsetLink().run();
    else chain.setLink({ href }).run();
  };
  return (
    <Flex gap={1} role="toolbar" aria-label={text('editor.toolbar')}>
      {TOOLS.map(({ name, label, icon, run }) => (
        <ToolButton key={name} label={text(label)} pressed={active.includes(name)} onClick={() => run(editor)}>
          {icon}
        </ToolButton>
      ))}
      <ToolButton label={text('editor.link')} pressed={active.includes('link')} onClick={link}>
        <LinkIcon />
      </ToolButton>
    </Flex>
  );
}

function ToolButton({ label, pressed, onClick, children }: { label: string; pressed: boolean; onClick(): void; children: React.ReactNode }) {
  return (
    <IconButton type="button" label={label} aria-pressed={pressed} variant={pressed ? 'secondary' : 'ghost'} onClick={onClick}>
      {children}
    </IconButton>
  );
}

const Frame = styled(Box)`
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  overflow: hidden;

  .ProseMirror {
    min-height: 24rem;
    padding: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral0};
    font-size: 1.4rem;
    line-height: 1.5;
    outline-offset: -2px;
  }

  .ProseMirror > * + * {
    margin-top: 0.8rem;
  }

  .ProseMirror ul,
  .ProseMirror ol {
    padding-inline-start: 2.4rem;
    list-style: revert;
  }

  .ProseMirror strong {
    font-weight: bold;
  }

  .ProseMirror em {
    font-style: italic;
  }

  .ProseMirror a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: underline;
  }

  .ProseMirror blockquote {
    padding-inline-start: 1.6rem;
    border-inline-start: 3px solid ${({ theme }) => theme.colors.neutral200};
  }
`;
