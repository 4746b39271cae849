import { useForm } from '@strapi/strapi/admin';
import { useText } from '../hooks/useText';
import { Choice } from '../components/Choice';
import { AUTH_TYPES, type AuthType } from './authTypes';

/** Password or one of the providers. An account of another provider does not stay selected. */
export function AuthTypeChoice({ disabled, onChosen }: { disabled?: boolean; onChosen?(authType: AuthType): void }) {
  const text = useText();
  const onChange = useForm('AuthTypeChoice', (form) => form.onChange);
  return (
    <Choice
      name="authType"
      label={text('scanner.authType')}
      disabled={disabled}
      options={Object.entries(AUTH_TYPES).map(([value, key]) => ({ value, label: text(key) }))}
      onChosen={(authType) => {
        onChange('authorization', null);
        onChosen?.(authType as AuthType);
      }}
    />
  );
}
