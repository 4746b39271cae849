import * as React from 'react';
import { Box, Flex, IconButton } from '@strapi/design-system';
import { Bold, BulletList, Italic, Link as LinkIcon, NumberList, Quotes } from '@strapi/icons';
import { useEditorState, type Editor } from '@tiptap/react';
import { styled } from 'styled-components';
import { useText, type TextKey } from '../hooks/useText';

interface Tool {
  name: string;
  label: TextKey;
  icon: React.ReactNode;
  run(editor: Editor): void;
}

const TOOLS: Tool[] = [
  { name: 'bold', label: 'editor.bold', icon: <Bold />, run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', label: 'editor.italic', icon: <Italic />, run: (editor) => editor.chain().focus().toggleItalic().run() },
  {
    name: 'bulletList',
    label: 'editor.bulletList',
    icon: <BulletList />,
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'orderedList',
    label: 'editor.orderedList',
    icon: <NumberList />,
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  { name: 'blockquote', label: 'editor.quote', icon: <Quotes />, run: (editor) => editor.chain().focus().toggleBlockquote().run() },
];

/** Bold, lists and the like; what is in force where the cursor is, is pressed. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const text = useText();
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => ['link', ...TOOLS.map(({ name }) => name)].filter((name) => now.isActive(name)),
  });
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

function ToolButton({
  label,
  pressed,
  onClick,
  children,
}: {
  label: string;
  pressed: boolean;
  onClick(): void;
  children: React.ReactNode;
}) {
  return (
    <IconButton type="button" label={label} aria-pressed={pressed} variant={pressed ? 'secondary' : 'ghost'} onClick={onClick}>
      {children}
    </IconButton>
  );
}

/** How an editor and what is written in it look. */
export const EditorFrame = styled(Box)`
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
