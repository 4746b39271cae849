import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';

interface NumberFieldProps {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  disabled?: boolean;
}

/** A number that names something, such as a port or a ticket number: written without separators, unlike an amount. */
export function NumberField({ name, label, hint, required, disabled }: NumberFieldProps) {
  const { value, onChange, error } = useField<number | null>(name);
  return (
    <Field.Root name={name} error={error} hint={hint} required={required}>
      <Field.Label>{label}</Field.Label>
      <TextInput
        type="number"
        value={value ?? ''}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          onChange(name, event.target.value === '' ? null : Number(event.target.value))
        }
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
