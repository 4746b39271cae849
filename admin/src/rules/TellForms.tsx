import * as React from 'react';
import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption, Textarea } from '@strapi/design-system';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';
import { People, peopleIn } from './AssignForm';

/** Which canned reply the customer gets. */
export function ReplyForm({ config, onChange, schema, disabled }: ActionFormProps) {
  const text = useText();
  const value = String(config.reply ?? '');
  const isThere = schema.cannedReplies.some(({ documentId }) => documentId === value);
  return (
    <Field.Root name="reply" hint={text('answerCustomer.hint')} required>
      <Field.Label>{text('answerCustomer.reply')}</Field.Label>
      <SingleSelect
        value={isThere ? value : ''}
        placeholder={text('answerCustomer.choose')}
        disabled={disabled}
        onChange={(chosen: string | number) => onChange({ ...config, reply: String(chosen) })}
      >
        {schema.cannedReplies.map(({ documentId, name }) => (
          <SingleSelectOption key={documentId} value={documentId}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}

/** Who is told. */
export function NotifyForm({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const everybody = config.everybody === true;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Checkbox checked={everybody} disabled={disabled} onCheckedChange={(checked: boolean) => onChange({ ...config, everybody: checked })}>
        {text('notifyPeople.everybody')}
      </Checkbox>
      {!everybody && (
        <People
          label={text('assign.people')}
          hint={text('notifyPeople.hint')}
          value={peopleIn(config)}
          onChange={(people) => onChange({ ...config, people })}
          disabled={disabled}
        />
      )}
    </Flex>
  );
}

export function NoteForm({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  return (
    <Field.Root name="text" required>
      <Field.Label>{text('writeNote.text')}</Field.Label>
      <Textarea
        value={String(config.text ?? '')}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange({ ...config, text: event.target.value })}
      />
    </Field.Root>
  );
}
