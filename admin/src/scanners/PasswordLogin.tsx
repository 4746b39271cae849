import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { Cell } from '../shared/components/Cell';
import { Notice } from '../shared/components/Notice';
import { PasswordInput } from '../shared/components/PasswordInput';
import { providerOf } from '../shared/utils/providers';
import { useText } from '../shared/hooks/useText';

interface PasswordLoginProps {
  hasPassword: boolean;
  disabled: boolean;
  /** Told each address that is typed, so that the server can be filled in. */
  onAddress(address: string): void;
}

/** User name and password, and what the owner of a mailbox at a known provider has to know about them. */
export function PasswordLogin({ hasPassword, disabled, onAddress }: PasswordLoginProps) {
  const text = useText();
  const { value, error, onChange } = useField<string | null>('username');
  const provider = providerOf(value ?? '');
  return (
    <>
      <Cell>
        <Field.Root name="username" error={error} hint={text('scanner.usernameHint')} required>
          <Field.Label>{text('scanner.username')}</Field.Label>
          <TextInput
            value={value ?? ''}
            autoComplete="off"
            disabled={disabled}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
              onChange('username', event.target.value);
              onAddress(event.target.value);
            }}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Cell>
      <Cell>
        <PasswordInput label={text('scanner.password')} isSet={hasPassword} disabled={disabled} />
      </Cell>
      {provider && (
        <Cell col={12}>
          <Notice variant="info" title={text('provider.known', { name: provider.name })} live>
            {provider.note ? text(provider.note, { name: provider.name }) : undefined}
          </Notice>
        </Cell>
      )}
    </>
  );
}
