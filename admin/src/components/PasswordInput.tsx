import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useText } from '../utils/useText';

interface PasswordInputProps {
  label: string;
  /** Whether one is saved: then an empty field keeps it. */
  isSet: boolean;
  hint?: string;
  disabled?: boolean;
}

/** The password of a server. Never filled in: a saved one stays on the server. */
export function PasswordInput({ label, isSet, hint, disabled }: PasswordInputProps) {
  const text = useText();
  const { value, onChange, error } = useField<string>('password');
  return (
    <Field.Root name="password" error={error} hint={isSet ? text('password.isSet') : hint}>
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
