import { TRANSPORTS, type TransportName } from '../../../shared/vocabulary';
import * as React from 'react';
import { Field, Flex, Grid, TextInput } from '@strapi/design-system';
import { InputRenderer, Page, useForm, type FormHelpers } from '@strapi/strapi/admin';
import { useOAuthProvidersQuery } from '../api/authorizations';
import { useOutgoingMailQuery, useUpdateOutgoingMailMutation, type OutgoingMail, type OutgoingMailInput } from '../api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { Notice } from '../shared/components/Notice';
import { NumberField } from '../shared/components/NumberField';
import { AuthorizationFields } from '../shared/oauth/AuthorizationFields';
import { AuthTypeChoice } from '../shared/oauth/AuthTypeChoice';
import type { AuthType } from '../shared/oauth/authTypes';
import { KeptForm } from '../shared/oauth/KeptForm';
import { ServerFields } from '../shared/components/ServerFields';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { PasswordInput } from '../shared/components/PasswordInput';
import { isDefaultPort, outgoingServer, portOf, PROVIDERS, providerOf } from '../shared/utils/providers';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useSave } from '../shared/hooks/useSave';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { RoundTrip } from './RoundTrip';
import { TestEmail } from './TestEmail';

type Values = OutgoingMailInput & { password: string; authType: AuthType };

const valuesOf = ({
  hasPassword: _,
  warnings: __,
  warningsSaid: ___,
  emailProvider: ____,
  authorization,
  ...settings
}: OutgoingMail): Values => ({
  ...settings,
  authType: authorization?.provider ?? 'password',
  authorization: authorization?.documentId ?? null,
  password: '',
});

const SET_UP: Record<TransportName, (outgoing: OutgoingMail) => boolean> = {
  smtp: ({ host }) => host !== '',
  graph: ({ authorization }) => authorization !== null,
  emailPlugin: ({ emailProvider, fromAddress }) => emailProvider !== null && fromAddress !== '',
};

const isSetUp = (outgoing: OutgoingMail): boolean => SET_UP[outgoing.transport](outgoing);

/** The Email plugin where the site has a provider for it, and as long as it is the choice. */
const offered = ({ emailProvider, transport }: OutgoingMail): TransportName[] =>
  TRANSPORTS.filter((each) => each !== 'emailPlugin' || emailProvider !== null || transport === 'emailPlugin');

/** The sender of emails to customers, and the server that sends them. */
export function OutgoingMailForm() {
  const text = useText();
  const serverText = useServerText();
  const save = useSave();
  const { data: outgoing, error } = useOutgoingMailQuery(undefined, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateOutgoingMailMutation();
  if (error) return <Page.Error />;
  if (!outgoing) return <Page.Loading />;

  const submit = ({ password, authType, ...settings }: Values, helpers: FormHelpers<Values>) =>
    save(update({ ...settings, authType, ...(password ? { password } : {}) }), helpers, () => ({
      values: { ...settings, authType, password: '' },
      message: text('common.saved', { name: text('outgoing.title') }),
    }));
  return (
    <SaveForm<Values> initialValues={valuesOf(outgoing)} onSave={submit}>
      {({ modified }) => (
        <Flex direction="column" alignItems="stretch" gap={6}>
          {outgoing.warnings.map((warning, index) => (
            <Notice key={warning} variant="warning">
              {serverText(warning, outgoing.warningsSaid[index])}
            </Notice>
          ))}
          <SavePanel title={text('outgoing.server')}>
            <Fields outgoing={outgoing} />
          </SavePanel>
          <TestEmail disabled={modified || !isSetUp(outgoing)} />
          <RoundTrip disabled={modified || !isSetUp(outgoing)} />
          <KeptForm />
        </Flex>
      )}
    </SaveForm>
  );
}

/** The sender's address comes first: for known providers it fills in the server. */
function Fields({ outgoing }: { outgoing: OutgoingMail }) {
  const text = useText();
  const { canManageScanners } = useAllowed();
  const { data: oauthProviders = [] } = useOAuthProvidersQuery(undefined, { skip: !canManageScanners });
  const values = useForm('OutgoingMail', (form) => form.values) as Values;
  const errors = useForm('OutgoingMail', (form) => form.errors) as Record<string, string | undefined>;
  const onChange = useForm('OutgoingMail', (form) => form.onChange);
  const changeAddress = (address: string) => {
    onChange('fromAddress', address);
    const provider = values.authType === 'password' ? providerOf(address) : null;
    if (provider) fillIn({ ...outgoingServer(provider), username: address });
  };
  /** Graph has Microsoft accounts alone; an account of another provider does not stay selected. */
  const changeTransport = (transport: string) => {
    if (transport !== 'graph' || values.authType === 'microsoft') return;
    onChange('authType', 'microsoft');
    onChange('authorization', null);
    onChange('username', '');
  };
  const changeAuthType = (authType: AuthType) => {
    const host = oauthProviders.find(({ provider }) => provider === authType)?.mailServers?.smtp;
    if (host) fillIn(outgoingServer({ smtp: { host, port: portOf('smtp', 'starttls') } }));
  };
  /** Fills in a host when it is empty or was filled in before. A host that the user typed is never overwritten. */
  const fillIn = (server: Partial<Values>) => {
    const known = [...PROVIDERS.map(({ smtp }) => smtp.host), ...oauthProviders.map(({ mailServers }) => mailServers?.smtp)];
    if (values.host !== '' && !known.includes(values.host)) return;
    for (const [name, value] of Object.entries(server))
      if (name !== 'port' || isDefaultPort(values.port, 'outgoing')) onChange(name, value);
  };
  return (
    <Grid.Root gap={5}>
      <Cell>
        <Field.Root name="fromAddress" error={errors.fromAddress} hint={text('outgoing.fromAddressHint')} required>
          <Field.Label>{text('outgoing.fromAddress')}</Field.Label>
          <TextInput
            type="email"
            autoComplete="off"
            value={values.fromAddress}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => changeAddress(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Cell>
      <Cell>
        <InputRenderer type="string" name="fromName" label={text('outgoing.fromName')} placeholder={text('outgoing.fromNamePlaceholder')} />
      </Cell>
      <Cell>
        <Choice
          name="transport"
          label={text('outgoing.transport')}
          hint={text('outgoing.transportHint')}
          disabled={!canManageScanners}
          onChosen={changeTransport}
          options={offered(outgoing).map((value) => ({
            value,
            label: text(`outgoing.transport.${value}`, { provider: outgoing.emailProvider ?? '?' }),
          }))}
        />
      </Cell>
      {values.transport === 'emailPlugin' && (
        <Cell col={12}>
          <Notice variant="info" live>
            {text('outgoing.emailPluginNote')}
          </Notice>
        </Cell>
      )}
      {values.transport === 'graph' && (
        <AuthorizationFields
          provider="microsoft"
          current={outgoing.authorization}
          mailboxField="username"
          mailboxHint={text('outgoing.graphMailboxHint')}
          uses={['graph']}
          disabled={!canManageScanners}
        />
      )}
      {values.transport === 'smtp' && <SmtpFields outgoing={outgoing} canManageScanners={canManageScanners} onAuthType={changeAuthType} />}
      <Cell>
        <NumberField name="maxPerMinute" label={text('outgoing.maxPerMinute')} hint={text('outgoing.maxPerMinuteHint')} />
      </Cell>
    </Grid.Root>
  );
}

interface SmtpFieldsProps {
  outgoing: OutgoingMail;
  canManageScanners: boolean;
  onAuthType(authType: AuthType): void;
}

/** The server, and how to sign in to it. */
function SmtpFields({ outgoing, canManageScanners, onAuthType }: SmtpFieldsProps) {
  const text = useText();
  const values = useForm('SmtpFields', (form) => form.values) as Values;
  const onChange = useForm('SmtpFields', (form) => form.onChange);
  return (
    <>
      <Cell>
        <AuthTypeChoice disabled={!canManageScanners} onChosen={onAuthType} />
      </Cell>
      {values.authType === 'password' ? (
        <>
          <Cell>
            <InputRenderer
              type="string"
              name="username"
              label={text('scanner.username')}
              hint={text('outgoing.usernameHint')}
              autoComplete="off"
            />
          </Cell>
          <Cell>
            <PasswordInput label={text('scanner.password')} isSet={outgoing.hasPassword} />
          </Cell>
        </>
      ) : (
        <AuthorizationFields
          provider={values.authType}
          current={outgoing.authorization}
          mailboxField="username"
          uses={['mail']}
          disabled={!canManageScanners}
        />
      )}
      <ServerFields
        placeholder="smtp.example.com"
        onEncryption={(encryption) => isDefaultPort(values.port, 'outgoing') && onChange('port', portOf('smtp', encryption))}
      />
    </>
  );
}
