import { Field, Toggle } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useText } from '../hooks/useText';

/** A yes or no, as a field of a form. */
export function OnOff({ name, label, hint, disabled }: { name: string; label: string; hint?: string; disabled?: boolean }) {
  const text = useText();
  const { value, onChange, error } = useField<boolean>(name);
  return (
    <Field.Root name={name} error={error} hint={hint} maxWidth="32rem">
      <Field.Label>{label}</Field.Label>
      <Toggle
        onLabel={text('common.yes')}
        offLabel={text('common.no')}
        checked={value === true}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(name, event.target.checked)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
