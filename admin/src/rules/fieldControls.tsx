import * as React from 'react';
import {
  ComboboxOption,
  DatePicker,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
  Toggle,
} from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { useRelatedRecordsQuery, type RelatedRecord } from '../api/relations';
import type { TicketField } from '../api/rules';
import { useStatusesQuery } from '../api/ticketStatuses';
import { SearchSelect } from '../shared/components/SearchSelect';
import { useTicketValue } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import { shownDay } from '../shared/utils/days';
import { useAdministrators } from './useAdministrators';

/** The controls for the attributes of a ticket, by their types. */

interface ControlProps {
  field: TicketField;
  label: string;
  value: unknown;
  onChange(value: unknown): void;
  disabled: boolean;
}

/** The control that fits a type of attribute; text for what is not here. */
export const CONTROLS = {
  enumeration: EnumerationControl,
  boolean: BooleanControl,
  number: NumberControl,
  date: DateControl,
  longText: LongTextControl,
  text: TextControl,
  user: UserControl,
  status: StatusControl,
  relation: RelationControl,
};

const KINDS: Record<string, keyof typeof CONTROLS> = {
  enumeration: 'enumeration',
  boolean: 'boolean',
  integer: 'number',
  biginteger: 'number',
  decimal: 'number',
  float: 'number',
  date: 'date',
  datetime: 'date',
  text: 'longText',
  richtext: 'longText',
};

const RELATION_KINDS: Record<string, keyof typeof CONTROLS> = {
  'admin::user': 'user',
  'plugin::mail-scanner.ticket-status': 'status',
};

export function controlOf({ type, target }: TicketField): keyof typeof CONTROLS {
  if (type === 'relation') return RELATION_KINDS[target ?? ''] ?? 'relation';
  return KINDS[type] ?? 'text';
}

export function startValue({ type, enum: values }: TicketField): unknown {
  if (type === 'enumeration') return values?.[0] ?? '';
  if (type === 'boolean') return true;
  return controlOf({ type } as TicketField) === 'text' || type === 'text' ? '' : null;
}

function EnumerationControl({ field, label, value, onChange, disabled }: ControlProps) {
  const ticketValue = useTicketValue();
  return (
    <SingleSelect aria-label={label} size="S" value={String(value ?? '')} onChange={onChange} disabled={disabled}>
      {(field.enum ?? []).map((option) => (
        <SingleSelectOption key={option} value={option}>
          {ticketValue(field.name, option)}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

function BooleanControl({ label, value, onChange, disabled }: ControlProps) {
  const text = useText();
  return (
    <Toggle
      aria-label={label}
      onLabel={text('common.yes')}
      offLabel={text('common.no')}
      checked={value === true}
      disabled={disabled}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.checked)}
    />
  );
}

function NumberControl({ label, value, onChange, disabled }: ControlProps) {
  return (
    <NumberInput
      aria-label={label}
      size="S"
      value={typeof value === 'number' ? value : undefined}
      onValueChange={(number: number | undefined) => onChange(number ?? null)}
      disabled={disabled}
    />
  );
}

function DateControl({ field, label, value, onChange, disabled }: ControlProps) {
  const change = (date: Date | undefined) => onChange(date ? (field.type === 'date' ? dayOf(date) : date.toISOString()) : null);
  return (
    <DatePicker
      aria-label={label}
      size="S"
      // A date without a time is read in UTC as it stands.
      value={field.type === 'date' && value ? new Date(String(value)) : shownDay(value ? String(value) : undefined)}
      onChange={change}
      onClear={() => onChange(null)}
      disabled={disabled}
    />
  );
}

/** The day as it stands on the calendar, whatever the time zone. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

export function TextControl({ label, value, onChange, disabled }: ControlProps) {
  return (
    <TextInput
      aria-label={label}
      size="S"
      value={String(value ?? '')}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
      disabled={disabled}
    />
  );
}

function LongTextControl({ label, value, onChange, disabled }: ControlProps) {
  return (
    <Textarea
      aria-label={label}
      value={String(value ?? '')}
      onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)}
      disabled={disabled}
    />
  );
}

/** Strapi's own permission for what there is to choose from; without it the choice is empty, and nobody asks. */
const readingOf = (subject: string) => [{ action: 'plugin::content-manager.explorer.read', subject }];

function UserControl({ label, value, onChange, disabled }: ControlProps) {
  const text = useText();
  const users = useAdministrators();
  return (
    <SingleSelect
      aria-label={label}
      size="S"
      placeholder={text('ticketAction.chooseUser')}
      value={value == null ? '' : String(value)}
      onChange={(id: string | number) => onChange(Number(id))}
      disabled={disabled}
    >
      {users.map(({ id, name }) => (
        <SingleSelectOption key={id} value={String(id)}>
          {name}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

function StatusControl({ label, value, onChange, disabled }: ControlProps) {
  const { data: statuses = [] } = useStatusesQuery();
  return (
    <SingleSelect aria-label={label} size="S" value={String(value ?? '')} onChange={onChange} disabled={disabled}>
      {statuses
        .filter(({ active, documentId }) => active || documentId === value)
        .map(({ documentId, name }) => (
          <SingleSelectOption key={documentId} value={documentId}>
            {name}
          </SingleSelectOption>
        ))}
    </SingleSelect>
  );
}

function RelationControl({ field, label, value, onChange, disabled }: ControlProps) {
  const text = useText();
  const [search, setSearch] = React.useState('');
  const { target: uid = '' } = field;
  const { allowedActions } = useRBAC(React.useMemo(() => readingOf(uid), [uid]));
  const { data: records = [] } = useRelatedRecordsQuery({ uid, search }, { skip: !allowedActions.canRead });
  return (
    <SearchSelect
      aria-label={label}
      size="S"
      placeholder={text('ticketAction.chooseRecord')}
      value={value == null ? '' : String(value)}
      onChange={(id?: string) => onChange(id ?? null)}
      onClear={() => onChange(null)}
      onSearch={setSearch}
      disabled={disabled}
    >
      {records.map((record) => (
        <ComboboxOption key={record.documentId} value={record.documentId}>
          {nameOf(record)}
        </ComboboxOption>
      ))}
    </SearchSelect>
  );
}

/** What a record of any type is called: the attribute that most likely names it. */
function nameOf(record: RelatedRecord): string {
  const name = ['name', 'title', 'ticketNumber', 'email', 'username']
    .map((attribute) => record[attribute])
    .find((value) => typeof value === 'string' && value !== '');
  return (name as string | undefined) ?? record.documentId;
}
