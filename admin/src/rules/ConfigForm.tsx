import * as React from 'react';
import { Checkbox, Field, Flex, NumberInput, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import type { ConfigField } from '../api/rules';
import { listOf } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';

/** The settings of an action that another plugin brought, as it describes them. */
export function ConfigForm({ fields, config, onChange, disabled }: ActionFormProps & { fields: ConfigField[] }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {fields.map((field) => {
        const Control = CONTROLS[field.type];
        const value = config[field.name] ?? field.default;
        const set = (next: unknown) => onChange({ ...config, [field.name]: next });
        return <Control key={field.name} field={field} value={value} onChange={set} disabled={disabled} />;
      })}
    </Flex>
  );
}

interface ControlProps {
  field: ConfigField;
  value: unknown;
  onChange(value: unknown): void;
  disabled: boolean;
}

const CONTROLS: Record<ConfigField['type'], React.ComponentType<ControlProps>> = {
  text: TextControl,
  number: NumberControl,
  boolean: BooleanControl,
  choice: ChoiceControl,
  list: ListControl,
};

function Labelled({ field, hint, children }: { field: ConfigField; hint?: string; children: React.ReactNode }) {
  return (
    <Field.Root name={field.name} hint={[field.hint, hint].filter(Boolean).join(' ') || undefined} required={field.required}>
      <Field.Label>{field.label}</Field.Label>
      {children}
      <Field.Hint />
    </Field.Root>
  );
}

function TextControl({ field, value, onChange, disabled }: ControlProps) {
  return (
    <Labelled field={field}>
      <TextInput
        value={String(value ?? '')}
        disabled={disabled}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

function NumberControl({ field, value, onChange, disabled }: ControlProps) {
  return (
    <Labelled field={field}>
      <NumberInput
        value={typeof value === 'number' ? value : undefined}
        disabled={disabled}
        onValueChange={(number: number | undefined) => onChange(number)}
      />
    </Labelled>
  );
}

function BooleanControl({ field, value, onChange, disabled }: ControlProps) {
  return (
    <Field.Root name={field.name} hint={field.hint ?? undefined}>
      <Checkbox checked={value === true} disabled={disabled} onCheckedChange={(checked: boolean) => onChange(checked)}>
        {field.label}
      </Checkbox>
      <Field.Hint />
    </Field.Root>
  );
}

function ChoiceControl({ field, value, onChange, disabled }: ControlProps) {
  return (
    <Labelled field={field}>
      <SingleSelect
        value={String(value ?? '')}
        disabled={disabled}
        onChange={onChange}
        onClear={field.required ? undefined : () => onChange(undefined)}
      >
        {(field.options ?? []).map((option) => (
          <SingleSelectOption key={option} value={option}>
            {option}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Labelled>
  );
}

/** A list of texts, typed with commas. */
function ListControl({ field, value, onChange, disabled }: ControlProps) {
  const text = useText();
  const [typed, setTyped] = React.useState(() => listOf(value ?? []).join(', '));
  const change = (event: React.ChangeEvent<HTMLInputElement>) => {
    setTyped(event.target.value);
    onChange(listOf(event.target.value));
  };
  return (
    <Labelled field={field} hint={text('actions.listHint')}>
      <TextInput value={typed} disabled={disabled} onChange={change} />
    </Labelled>
  );
}
