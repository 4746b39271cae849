import * as React from 'react';
import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption, Textarea } from '@strapi/design-system';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';
import { People, peopleIn } from './AssignForm';

/** Which canned reply the customer gets. */
export function ReplyForm({ schema, ...form }: ActionFormProps) {
  return <RecordChoice {...form} name="reply" words="answerCustomer" records={schema.cannedReplies} />;
}

/** Which webhook is told, and how much. */
export function WebhookForm({ schema, ...form }: ActionFormProps) {
  const text = useText();
  const { config, onChange, disabled } = form;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <RecordChoice {...form} name="webhook" words="callWebhook" records={schema.webhooks} />
      <Checkbox
        checked={config.withText === true}
        disabled={disabled}
        onCheckedChange={(checked: boolean) => onChange({ ...config, withText: checked })}
      >
        {text('callWebhook.withText')}
      </Checkbox>
    </Flex>
  );
}

interface RecordChoiceProps extends Pick<ActionFormProps, 'config' | 'onChange' | 'disabled'> {
  name: 'reply' | 'webhook';
  words: 'answerCustomer' | 'callWebhook';
  records: { documentId: string; name: string }[];
}

/** One of the records that the site has. */
function RecordChoice({ config, onChange, disabled, name, words, records }: RecordChoiceProps) {
  const text = useText();
  const value = String(config[name] ?? '');
  const isThere = records.some(({ documentId }) => documentId === value);
  return (
    <Field.Root name={name} hint={text(`${words}.hint`)} required>
      <Field.Label>{text(`${words}.label`)}</Field.Label>
      <SingleSelect
        value={isThere ? value : ''}
        placeholder={text(`${words}.choose`)}
        disabled={disabled}
        onChange={(chosen: string | number) => onChange({ ...config, [name]: String(chosen) })}
      >
        {records.map(({ documentId, name: label }) => (
          <SingleSelectOption key={documentId} value={documentId}>
            {label}
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
