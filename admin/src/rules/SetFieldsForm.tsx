import type { ActionFormProps } from './actionForm';
import { TicketFieldsForm } from './TicketFieldsForm';

/** Which fields of the ticket are set. */
export function SetFieldsForm({ config, onChange, schema, words, disabled }: ActionFormProps) {
  return (
    <TicketFieldsForm
      fields={schema.ticketFields}
      words={words}
      values={(config.fields ?? {}) as Record<string, unknown>}
      onChange={(fields) => onChange({ ...config, fields })}
      disabled={disabled}
    />
  );
}
