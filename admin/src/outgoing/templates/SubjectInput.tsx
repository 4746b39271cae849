import * as React from 'react';
import { Box, Field, Flex, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { EmailTemplate } from '../../api/emailTemplates';
import { TagPicker } from '../../shared/components/TagPicker';
import { useText } from '../../shared/hooks/useText';

/** The subject with a picker that inserts tags where the cursor is. */
export function SubjectInput({ tags, name = 'subject' }: { tags: EmailTemplate['tags']; name?: string }) {
  const text = useText();
  const input = React.useRef<HTMLInputElement>(null);
  const { value = '', onChange, error } = useField<string>(name);
  const insert = (tag: string) => {
    const start = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? start;
    onChange(name, value.slice(0, start) + tag + value.slice(end));
  };
  return (
    <Field.Root name={name} error={error} required>
      <Field.Label>{text('template.subject')}</Field.Label>
      <Flex gap={2} wrap="wrap">
        <Box flex="1 1 20rem">
          <TextInput ref={input} value={value} onChange={onChange} />
        </Box>
        <TagPicker tags={tags} onPick={insert} />
      </Flex>
      <Field.Error />
    </Field.Root>
  );
}
