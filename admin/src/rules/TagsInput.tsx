import { Field, Typography } from '@strapi/design-system';
import { useTagsQuery } from '../inbox/api/tags';
import { TagSelect } from '../shared/helpdesk/TagSelect';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';

/** Which tags the ticket of an email gets. */
export function TagsInput({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const { data: tags, isLoading } = useTagsQuery();
  const value = Array.isArray(config.tags) ? config.tags.filter((id): id is string => typeof id === 'string') : [];
  if (isLoading) return null;
  if (!tags?.length) return <Typography textColor="neutral600">{text('tags.noneYet')}</Typography>;
  // One that was deleted meanwhile could not be seen here, and nobody could take it away.
  const chosen = value.filter((id) => tags.some(({ documentId }) => documentId === id));
  return (
    <Field.Root name="tags" hint={text('tags.ruleHint')} required>
      <Field.Label>{text('tags.title')}</Field.Label>
      <TagSelect tags={tags} value={chosen} onChange={(next) => onChange({ ...config, tags: next })} disabled={disabled} />
      <Field.Hint />
    </Field.Root>
  );
}
