import * as React from 'react';
import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useFieldError } from '../shared/hooks/useFieldError';

interface ListFieldProps {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
}

const partsOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** A list of words, typed with commas, as a field of a form. */
export function ListField({ name, label, hint, placeholder }: ListFieldProps) {
  const { value = [], onChange } = useField<string[]>(name);
  const error = useFieldError(name);
  const [typed, setTyped] = React.useState(value.join(', '));
  return (
    <Field.Root name={name} error={error} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <TextInput
        value={typed}
        placeholder={placeholder}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
          setTyped(event.target.value);
          onChange(name, partsOf(event.target.value));
        }}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
