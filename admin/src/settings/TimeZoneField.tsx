import * as React from 'react';
import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useText } from '../shared/hooks/useText';

interface TimeZoneFieldProps {
  name: string;
  label: string;
  /** In which the time there is told; left out: the administrator's. */
  language?: string;
}

/** One of the names that the calendar knows, which are offered while typing; with the time there as a check. */
export function TimeZoneField({ name, label, language }: TimeZoneFieldProps) {
  const text = useText();
  const { locale } = useIntl();
  const listId = React.useId();
  const { value = '', onChange, error } = useField<string>(name);
  const now = timeIn(value, language ?? locale);
  return (
    <Field.Root
      name={name}
      error={error}
      hint={now ? text('additional.emailTimeZoneHint', { now }) : text('additional.emailTimeZoneUnknown')}
      required
    >
      <Field.Label>{label}</Field.Label>
      <TextInput list={listId} autoComplete="off" placeholder="Europe/Helsinki" value={value} onChange={onChange} />
      <datalist id={listId}>
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/** What the clocks there show; null when there is no such place. */
function timeIn(timeZone: string, language: string): string | null {
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date());
  } catch {
    return null;
  }
}
