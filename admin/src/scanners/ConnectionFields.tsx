import type { AccountUse, Encryption, Protocol, ServerProtocol } from '../../../shared/vocabulary';
import { Grid } from '@strapi/design-system';
import { useForm } from '@strapi/strapi/admin';
import { useOAuthProvidersQuery } from '../api/authorizations';
import type { Scanner } from '../api/scanners';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { Notice } from '../shared/components/Notice';
import { ServerFields } from '../shared/components/ServerFields';
import { AuthorizationFields } from '../shared/oauth/AuthorizationFields';
import { AuthTypeChoice } from '../shared/oauth/AuthTypeChoice';
import type { AuthType } from '../shared/oauth/authTypes';
import { incomingServer, isDefaultPort, portOf, PROVIDERS, providerOf } from '../shared/utils/providers';
import { useText, type TextKey } from '../shared/hooks/useText';
import { PasswordLogin } from './PasswordLogin';
import { NEW_SCANNER, type ScannerValues } from './scannerValues';

/** How the mailbox is reached. Who signs in comes first: for known providers that fills in the rest. */
export function ConnectionFields({ scanner, disabled }: { scanner?: Scanner; disabled: boolean }) {
  const text = useText();
  const values = useForm('ConnectionFields', (form) => form.values) as ScannerValues;
  const onChange = useForm('ConnectionFields', (form) => form.onChange);
  const fillIn = useFillIn(values, disabled);
  const notice = NOTICES[values.protocol];

  const changePort = (port: number) => isDefaultPort(values.port, 'incoming') && onChange('port', port);
  const byGraph = values.protocol === 'graph';
  const changeProtocol = (protocol: string) => {
    if (protocol === 'graph') {
      onChange('authType', 'microsoft');
      // Nobody is told of new emails there, so they are looked for each minute.
      if (values.scanEvery === NEW_SCANNER.scanEvery) onChange('scanEvery', 1);
      return;
    }
    changePort(portOf(protocol as ServerProtocol, values.encryption));
    fillIn({ protocol: protocol as Protocol });
  };
  const changeAuthType = (authType: AuthType) => {
    // A password opens the mailbox of its user name and no other.
    if (authType === 'password') onChange('mailboxName', '');
    const protocol = byGraph && authType !== 'microsoft' ? 'imap' : values.protocol;
    if (protocol !== values.protocol) onChange('protocol', protocol);
    fillIn({ authType, protocol });
  };
  const changeEncryption = (encryption: Encryption) => changePort(portOf(values.protocol as ServerProtocol, encryption));

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
            { value: 'graph', label: text('outgoing.transport.graph') },
          ]}
        />
      </Cell>
      {notice && (
        <Cell col={12}>
          <Notice variant="info" title={text(notice.title)} live>
            {text(notice.text)}
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
          uses={usesOf(values)}
          disabled={disabled}
        />
      )}
      {!byGraph && <ServerFields placeholder="imap.example.com" disabled={disabled} onEncryption={changeEncryption} />}
    </Grid.Root>
  );
}

const NOTICES: Partial<Record<Protocol, { title: TextKey; text: TextKey }>> = {
  pop3: { title: 'scanner.pop3Limits', text: 'scanner.pop3LimitsText' },
  graph: { title: 'scanner.graphNote', text: 'scanner.graphNoteText' },
};

/** What the account is asked to consent to. */
const usesOf = ({ protocol, answersBy }: ScannerValues): AccountUse[] =>
  protocol === 'graph' ? ['graph'] : answersBy === 'graph' ? ['mail', 'graph'] : ['mail'];

interface Login {
  authType: AuthType;
  protocol: Protocol;
  username: string | null;
}

/** What a scanner has in place of a server that is read by Microsoft Graph. */
const GRAPH_HOST = 'graph.microsoft.com';

/** Fills in the server where it is known: by the address when a password is used, else by whose account signs in. */
function useFillIn(values: ScannerValues, disabled: boolean): (change: Partial<Login>) => void {
  const onChange = useForm('FillIn', (form) => form.onChange);
  const { data: oauthProviders = [] } = useOAuthProvidersQuery(undefined, { skip: disabled });
  const mailServers = oauthProviders.flatMap((each) => (each.mailServers ? [{ provider: each.provider, ...each.mailServers }] : []));

  /** Fills in a host when it is empty or was filled in before. A host that the user typed is never overwritten. */
  const isStillOurs = (host: string) =>
    host === '' || host === GRAPH_HOST || [...PROVIDERS, ...mailServers].some(({ imap, pop3 }) => host === imap || host === pop3);
  const serverOf = ({ authType, protocol, username }: Login) => {
    const known = authType === 'password' ? providerOf(username ?? '') : mailServers.find(({ provider }) => provider === authType);
    return known && protocol !== 'graph' ? incomingServer(known, protocol) : null;
  };
  return (change) => {
    const server = isStillOurs(values.host) ? serverOf({ ...values, ...change }) : null;
    for (const [name, value] of Object.entries(server ?? {}))
      if (name !== 'port' || isDefaultPort(values.port, 'incoming')) onChange(name, value);
  };
}
