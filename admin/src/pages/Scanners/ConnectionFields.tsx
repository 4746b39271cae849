import { Field, Grid, TextInput } from '@strapi/design-system';
import { InputRenderer, useForm } from '@strapi/strapi/admin';
import type { Encryption, Protocol } from '../../api/scanners';
import { Cell } from '../../components/Cell';
import { Choice } from '../../components/Choice';
import { Notice } from '../../components/Notice';
import { NumberField } from '../../components/NumberField';
import { OnOff } from '../../components/OnOff';
import { PasswordInput } from '../../components/PasswordInput';
import { incomingServer, portOf, PROVIDERS, providerOf } from '../../utils/providers';
import { useText } from '../../utils/useText';
import type { ScannerValues } from './scannerValues';

/** How the mailbox is reached. The address comes first: for known providers it fills in the rest. */
export function ConnectionFields({ hasPassword, disabled }: { hasPassword: boolean; disabled: boolean }) {
  const text = useText();
  const values = useForm('ConnectionFields', (form) => form.values) as ScannerValues;
  const errors = useForm('ConnectionFields', (form) => form.errors) as Record<string, string | undefined>;
  const onChange = useForm('ConnectionFields', (form) => form.onChange);
  const provider = providerOf(values.username ?? '');

  const fillIn = (username: string, protocol: Protocol) => {
    const known = providerOf(username);
    const server = known && isStillOurs(values.host) ? incomingServer(known, protocol) : null;
    if (server) for (const [name, value] of Object.entries(server)) onChange(name, value);
  };
  const changeProtocol = (protocol: string) => {
    onChange('port', portOf(protocol as Protocol, values.encryption));
    fillIn(values.username ?? '', protocol as Protocol);
  };
  const changeEncryption = (encryption: string) => onChange('port', portOf(values.protocol, encryption as Encryption));

  return (
    <Grid.Root gap={5}>
      <Cell>
        <Choice
          name="authType"
          label={text('scanner.authType')}
          disabled={disabled}
          options={[
            { value: 'password', label: text('scanner.authPassword') },
            // Listed so that nobody looks for it in vain; opens when accounts can be connected.
            { value: 'microsoft', label: text('scanner.authMicrosoft'), disabled: values.authType !== 'microsoft' },
          ]}
        />
      </Cell>
      <Cell>
        <Choice
          name="protocol"
          label={text('scanner.protocol')}
          disabled={disabled}
          onChosen={changeProtocol}
          options={[
            { value: 'imap', label: text('scanner.imap') },
            { value: 'pop3', label: 'POP3' },
          ]}
        />
      </Cell>
      <Cell>
        <Field.Root name="username" error={errors.username} hint={text('scanner.usernameHint')} required>
          <Field.Label>{text('scanner.username')}</Field.Label>
          <TextInput
            value={values.username ?? ''}
            autoComplete="off"
            disabled={disabled}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
              onChange('username', event.target.value);
              fillIn(event.target.value, values.protocol);
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
      <Cell>
        <InputRenderer type="string" name="host" label={text('scanner.host')} placeholder="imap.example.com" required disabled={disabled} />
      </Cell>
      <Cell>
        <NumberField name="port" label={text('scanner.port')} required disabled={disabled} />
      </Cell>
      <Cell>
        <Choice
          name="encryption"
          label={text('scanner.encryption')}
          disabled={disabled}
          onChosen={changeEncryption}
          hint={values.encryption === 'none' ? text('scanner.encryptionNoneHint') : undefined}
          options={[
            { value: 'ssl', label: text('scanner.encryptionSsl') },
            { value: 'starttls', label: 'STARTTLS' },
            { value: 'none', label: text('scanner.encryptionNone') },
          ]}
        />
      </Cell>
      {values.encryption !== 'none' && (
        <Cell>
          <OnOff
            name="validateCertificate"
            label={text('scanner.validateCertificate')}
            hint={text(values.validateCertificate ? 'scanner.validateCertificateHint' : 'scanner.noValidationHint')}
            disabled={disabled}
          />
        </Cell>
      )}
    </Grid.Root>
  );
}

/** A host that somebody typed is never written over; an empty one, or one that was filled in, may be. */
function isStillOurs(host: string): boolean {
  return host === '' || PROVIDERS.some(({ imap, pop3 }) => host === imap || host === pop3);
}
