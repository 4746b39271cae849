import type { Encryption, Protocol } from '../../../shared/vocabulary';
import { Grid } from '@strapi/design-system';
import { InputRenderer, useForm } from '@strapi/strapi/admin';
import { useOAuthProvidersQuery } from '../oauth/api/authorizations';
import type { Scanner } from './api/scanners';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { Notice } from '../shared/components/Notice';
import { NumberField } from '../shared/components/NumberField';
import { AuthorizationFields } from '../shared/oauth/AuthorizationFields';
import { AuthTypeChoice } from '../shared/oauth/AuthTypeChoice';
import type { AuthType } from '../shared/oauth/authTypes';
import { OnOff } from '../shared/components/OnOff';
import { incomingServer, isDefaultPort, portOf, PROVIDERS, providerOf } from '../shared/utils/providers';
import { useText } from '../shared/hooks/useText';
import { PasswordLogin } from './PasswordLogin';
import type { ScannerValues } from './scannerValues';

/** How the mailbox is reached. Who signs in comes first: for known providers that fills in the rest. */
export function ConnectionFields({ scanner, disabled }: { scanner?: Scanner; disabled: boolean }) {
  const text = useText();
  const values = useForm('ConnectionFields', (form) => form.values) as ScannerValues;
  const onChange = useForm('ConnectionFields', (form) => form.onChange);
  const fillIn = useFillIn(values, disabled);

  const changePort = (port: number) => isDefaultPort(values.port, 'incoming') && onChange('port', port);
  const changeProtocol = (protocol: string) => {
    changePort(portOf(protocol as Protocol, values.encryption));
    fillIn({ protocol: protocol as Protocol });
  };
  const changeAuthType = (authType: AuthType) => {
    // A password opens the mailbox of its user name and no other.
    if (authType === 'password') onChange('mailboxName', '');
    fillIn({ authType });
  };
  const changeEncryption = (encryption: string) => changePort(portOf(values.protocol, encryption as Encryption));

  return (
    <Grid.Root gap={5}>
      <Cell>
        <AuthTypeChoice disabled={disabled} onChosen={changeAuthType} />
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
      {values.protocol === 'pop3' && (
        <Cell col={12}>
          <Notice variant="info" title={text('scanner.pop3Limits')} live>
            {text('scanner.pop3LimitsText')}
          </Notice>
        </Cell>
      )}
      {values.authType === 'password' ? (
        <PasswordLogin hasPassword={scanner?.hasPassword ?? false} disabled={disabled} onAddress={(username) => fillIn({ username })} />
      ) : (
        <AuthorizationFields
          provider={values.authType}
          current={scanner?.authorization ?? null}
          mailboxField="mailboxName"
          uses={values.answersBy === 'graph' ? ['mail', 'graph'] : ['mail']}
          disabled={disabled}
        />
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

interface Login {
  authType: AuthType;
  protocol: Protocol;
  username: string | null;
}

/** Fills in the server where it is known: by the address when a password is used, else by whose account signs in. */
function useFillIn(values: ScannerValues, disabled: boolean): (change: Partial<Login>) => void {
  const onChange = useForm('FillIn', (form) => form.onChange);
  const { data: oauthProviders = [] } = useOAuthProvidersQuery(undefined, { skip: disabled });
  const mailServers = oauthProviders.flatMap((each) => (each.mailServers ? [{ provider: each.provider, ...each.mailServers }] : []));

  /** Fills in a host when it is empty or was filled in before. A host that the user typed is never overwritten. */
  const isStillOurs = (host: string) =>
    host === '' || [...PROVIDERS, ...mailServers].some(({ imap, pop3 }) => host === imap || host === pop3);
  const serverOf = ({ authType, protocol, username }: Login) => {
    const known = authType === 'password' ? providerOf(username ?? '') : mailServers.find(({ provider }) => provider === authType);
    return known ? incomingServer(known, protocol) : null;
  };
  return (change) => {
    const server = isStillOurs(values.host) ? serverOf({ ...values, ...change }) : null;
    for (const [name, value] of Object.entries(server ?? {}))
      if (name !== 'port' || isDefaultPort(values.port, 'incoming')) onChange(name, value);
  };
}
