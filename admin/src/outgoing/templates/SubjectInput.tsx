import { Box, Field, Flex, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { EmailTemplate } from '../../api/emailTemplates';
import { TagPicker } from '../../shared/components/TagPicker';
import { useInsertAtCaret } from '../../shared/hooks/useInsertAtCaret';
import { useText } from '../../shared/hooks/useText';

/** The subject with a picker that inserts tags where the cursor is. */
export function SubjectInput({ tags, name = 'subject' }: { tags: EmailTemplate['tags']; name?: string }) {
  const text = useText();
  const { value = '', onChange, error } = useField<string>(name);
  const { field, insert } = useInsertAtCaret<HTMLInputElement>(value, (changed) => onChange(name, changed));
  return (
    <Field.Root name={name} error={error} required>
      <Field.Label>{text('template.subject')}</Field.Label>
      <Flex gap={2} wrap="wrap">
        <Box flex="1 1 20rem">
          <TextInput ref={field} value={value} onChange={onChange} />
        </Box>
        <TagPicker tags={tags} onPick={insert} />
      </Flex>
      <Field.Error />
    </Field.Root>
  );
}
