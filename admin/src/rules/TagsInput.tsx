import * as React from 'react';
import { Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useTagsQuery } from '../api/tags';
import { TagSelect } from '../shared/helpdesk/TagSelect';
import { listOf } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';
import { useHasPattern } from './useHasPattern';

/** Which tags the ticket of an email gets. */
export function TagsInput({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const hasPattern = useHasPattern();
  const { data: tags = [], isLoading } = useTagsQuery();
  const value = Array.isArray(config.tags) ? config.tags.filter((id): id is string => typeof id === 'string') : [];
  if (isLoading) return null;
  if (!tags?.length && !hasPattern) return <Typography textColor="neutral600">{text('tags.noneYet')}</Typography>;
  // One that was deleted meanwhile could not be seen here, and nobody could take it away.
  const chosen = value.filter((id) => tags.some(({ documentId }) => documentId === id));
  const names = listOf(config.names ?? []).map(String);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="tags" hint={text('tags.ruleHint')} required>
        <Field.Label>{text('tags.title')}</Field.Label>
        <TagSelect tags={tags} value={chosen} onChange={(next) => onChange({ ...config, tags: next })} disabled={disabled} />
        <Field.Hint />
      </Field.Root>
      {(hasPattern || names.length > 0) && (
        <Field.Root name="names" hint={text('tags.caughtHint')}>
          <Field.Label>{text('tags.caught')}</Field.Label>
          <TextInput
            value={names.join(', ')}
            placeholder="$1"
            disabled={disabled}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              onChange({ ...config, tags: chosen, names: listOf(event.target.value) })
            }
          />
          <Field.Hint />
        </Field.Root>
      )}
    </Flex>
  );
}
