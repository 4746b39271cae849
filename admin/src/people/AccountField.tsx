import { Field } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { AccountSelect } from '../shared/helpdesk/AccountSelect';
import { useText } from '../shared/hooks/useText';

/** The account of a contact, as a field of its form. */
export function AccountField({ name, disabled }: { name: string; disabled: boolean }) {
  const text = useText();
  const { value, onChange, error } = useField<{ documentId: string; name: string } | null>(name);
  return (
    <Field.Root name={name} error={error}>
      <Field.Label>{text('inbox.account')}</Field.Label>
      <AccountSelect
        label={text('inbox.account')}
        size="M"
        value={value ?? null}
        onChange={(account) => onChange(name, account)}
        disabled={disabled}
      />
      <Field.Error />
    </Field.Root>
  );
}
