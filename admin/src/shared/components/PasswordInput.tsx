import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useText } from '../hooks/useText';

interface PasswordInputProps {
  /** Of the field; `password` unless told otherwise. */
  name?: string;
  label: string;
  /** Whether one is saved: then an empty field keeps it. */
  isSet: boolean;
  hint?: string;
  /** In place of `hint` when one is saved. */
  isSetHint?: string;
  disabled?: boolean;
}

/** The password of a server, or a provider's secret. Never filled in: a saved one stays on the server. */
export function PasswordInput({ name = 'password', label, isSet, hint, isSetHint, disabled }: PasswordInputProps) {
  const text = useText();
  const { value, onChange, error } = useField<string>(name);
  const hasBlanks = value !== undefined && value !== value.trim();
  return (
    <Field.Root name={name} error={error} hint={hasBlanks ? text('password.blanks') : isSet ? (isSetHint ?? text('password.isSet')) : hint}>
      <Field.Label>{label}</Field.Label>
      <TextInput
        type="password"
        autoComplete="new-password"
        placeholder={isSet ? '••••••••' : undefined}
        value={value ?? ''}
        onChange={onChange}
        disabled={disabled}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
