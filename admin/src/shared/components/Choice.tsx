import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string; disabled?: boolean }[];
  hint?: string;
  required?: boolean;
  disabled?: boolean;
  /** Called after the form has taken the new value. */
  onChosen?(value: string): void;
}

/** One of a few values, as a field of a form. */
export function Choice({ name, label, options, hint, required, disabled, onChosen }: ChoiceProps) {
  const { value, onChange, error } = useField<string>(name);
  const choose = (chosen: string | number) => {
    onChange(name, String(chosen));
    onChosen?.(String(chosen));
  };
  return (
    <Field.Root name={name} error={error} hint={hint} required={required}>
      <Field.Label>{label}</Field.Label>
      <SingleSelect value={value ?? ''} onChange={choose} disabled={disabled}>
        {options.map((option) => (
          <SingleSelectOption key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
