import * as React from 'react';
import { Button, Flex, Textarea, Typography } from '@strapi/design-system';
import { Code } from '@strapi/icons';
import { EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import type { EmailTemplate } from '../../api/emailTemplates';
import { useInsertAtCaret } from '../hooks/useInsertAtCaret';
import { useText } from '../hooks/useText';
import { EditorFrame, EditorToolbar } from './EditorFrame';
import { TagPicker } from './TagPicker';

interface HtmlEditorProps {
  label: string;
  value: string;
  onChange(html: string): void;
  tags?: EmailTemplate['tags'];
  /** It is read and not written. */
  disabled?: boolean;
}

/** What the editor would drop: such a text opens as source, so that looking at it changes nothing. */
const BEYOND_EDITOR = /<(table|div|span|img|style|font|center)\b|\sstyle=/i;

/** An editor for the HTML of an email, with its source one click away. */
export function HtmlEditor(props: HtmlEditorProps) {
  const { value } = props;
  const text = useText();
  const [isSource, setIsSource] = React.useState(() => BEYOND_EDITOR.test(value));
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {isSource ? <SourceView {...props} /> : <Visual {...props} />}
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

function SourceView({ label, value, onChange, tags = [], disabled }: HtmlEditorProps) {
  const { field, insert } = useInsertAtCaret<HTMLTextAreaElement>(value, onChange);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="flex-end">{tags.length > 0 && <TagPicker tags={tags} onPick={insert} />}</Flex>
      <Textarea
        ref={field}
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)}
        style={{ fontFamily: 'monospace', minHeight: '28rem' }}
      />
    </Flex>
  );
}

function Visual({ label, value, onChange, tags = [], disabled }: HtmlEditorProps) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false } })],
    content: value,
    editable: !disabled,
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
    onUpdate: ({ editor: changed }) => onChange(changed.getHTML()),
  });
  if (!editor) return null;
  return (
    <EditorFrame>
      <Flex gap={1} padding={2} wrap="wrap" justifyContent="space-between" background="neutral100">
        <EditorToolbar editor={editor} />
        {tags.length > 0 && <TagPicker tags={tags} onPick={(tag) => editor.chain().focus().insertContent(tag).run()} />}
      </Flex>
      <EditorContent editor={editor} />
    </EditorFrame>
  );
}
