import type { AccountUse, ProviderName } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Field, Flex, Link, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { ArrowClockwise, Plus, Trash } from '@strapi/icons';
import { InputRenderer, useField, useForm } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import {
  useAuthorizationsQuery,
  useOAuthProvidersQuery,
  type Authorization,
  type AuthorizationBrief,
  type OAuthProvider,
} from '../../api/authorizations';
import { PLUGIN_ID } from '../../pluginId';
import { useServerText } from '../hooks/useServerText';
import { useText } from '../hooks/useText';
import { Cell } from '../components/Cell';
import { Notice } from '../components/Notice';
import { ApplicationDialog } from './ApplicationDialog';
import type { FormValues } from './keptForm';
import { RemoveAuthorizationDialog } from './RemoveAuthorizationDialog';
import { useAuthoriseAgain } from './useAuthoriseAgain';
import { useSignIn } from './useSignIn';

interface AuthorizationFieldsProps {
  provider: ProviderName;
  /** The saved choice; all that somebody sees who may not manage authorizations. */
  current: AuthorizationBrief | null;
  /** The name of the field that holds a mailbox other than the account's own. */
  mailboxField: 'mailboxName' | 'username';
  /** In place of the usual hint. */
  mailboxHint?: string;
  /** What the account is to be used for. */
  uses: AccountUse[];
  disabled: boolean;
}

/** Within a form: which connected account is used, and for which mailbox. */
export function AuthorizationFields({ provider: name, current, mailboxField, mailboxHint, uses, disabled }: AuthorizationFieldsProps) {
  const text = useText();
  const serverText = useServerText();
  const { value } = useField<string | null>('authorization');
  const { data: all } = useAuthorizationsQuery(undefined, { skip: disabled, refetchOnMountOrArgChange: true });
  const provider = useProvider(name, disabled);
  const authorizations: AuthorizationBrief[] = (all ?? (current ? [current] : [])).filter((each) => each.provider === name);
  const selected = authorizations.find(({ documentId }) => documentId === value) ?? null;
  return (
    <>
      <Cell>
        <AuthorizationSelect authorizations={authorizations} selected={selected} disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer
          type="string"
          name={mailboxField}
          label={text('oauth.mailboxName')}
          hint={mailboxHint ?? text('oauth.mailboxNameHint')}
          placeholder={mailboxHint ? undefined : selected?.username}
          autoComplete="off"
          disabled={disabled}
        />
      </Cell>
      {selected?.lastError && (
        <Cell col={12}>
          <Notice
            variant={selected.needsAuthorization ? 'danger' : 'warning'}
            title={text(selected.needsAuthorization ? 'oauth.ended' : 'oauth.troubled')}
          >
            {serverText(selected.lastError, selected.lastErrorSaid)}
          </Notice>
        </Cell>
      )}
      {provider && !provider.configured && (
        <Cell col={12}>
          <Notice variant="warning" title={text('oauth.notSetUp', { provider: provider.label })}>
            <Link tag={NavLink} to={`/settings/${PLUGIN_ID}/oauth`} target="_blank">
              {text('oauth.setUp', { provider: provider.label })}
            </Link>
          </Notice>
        </Cell>
      )}
      {provider?.configured && <OtherHost provider={provider} />}
      {!disabled && provider && (
        <Cell col={12}>
          <AuthorizationActions
            provider={provider}
            uses={uses}
            selected={all?.find(({ documentId }) => documentId === selected?.documentId) ?? null}
          />
        </Cell>
      )}
    </>
  );
}

/** Looks again when somebody comes back from the tab where the provider was set up. */
function useProvider(name: ProviderName, skip: boolean): OAuthProvider | undefined {
  const { data, refetch } = useOAuthProvidersQuery(undefined, { skip, refetchOnMountOrArgChange: true });
  React.useEffect(() => {
    if (skip) return undefined;
    const look = () => void refetch();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [skip, refetch]);
  return data?.find(({ provider }) => provider === name);
}

interface AuthorizationSelectProps {
  authorizations: AuthorizationBrief[];
  selected: AuthorizationBrief | null;
  disabled: boolean;
}

function AuthorizationSelect({ authorizations, selected, disabled }: AuthorizationSelectProps) {
  const text = useText();
  const { onChange, error } = useField<string | null>('authorization');
  const labelOf = ({ username, permission, needsAuthorization }: AuthorizationBrief) => {
    const kind = permission === 'application' ? ` (${text('oauth.application')})` : '';
    return `${username}${kind}${needsAuthorization ? ` – ${text('oauth.needsAuthorization')}` : ''}`;
  };
  return (
    <Field.Root name="authorization" error={error} hint={text('oauth.accountHint')} required>
      <Field.Label>{text('oauth.account')}</Field.Label>
      <SingleSelect
        value={selected?.documentId ?? ''}
        placeholder={text(authorizations.length > 0 ? 'oauth.choose' : 'oauth.none')}
        onChange={(documentId) => onChange('authorization', String(documentId))}
        disabled={disabled}
      >
        {authorizations.map((authorization) => (
          <SingleSelectOption key={authorization.documentId} value={authorization.documentId}>
            {labelOf(authorization)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

interface AuthorizationActionsProps {
  provider: OAuthProvider;
  uses: AccountUse[];
  selected: Authorization | null;
}

function AuthorizationActions({ provider, uses, selected }: AuthorizationActionsProps) {
  const text = useText();
  const onChange = useForm('AuthorizationActions', (form) => form.onChange);
  const values = useForm('AuthorizationActions', (form) => form.values) as FormValues;
  const { signIn, isLoading } = useSignIn();
  const { authoriseAgain, isLoading: isRenewing } = useAuthoriseAgain();
  const [dialog, setDialog] = React.useState<'application' | 'remove' | null>(null);
  const close = () => setDialog(null);
  return (
    <Flex gap={2} wrap="wrap">
      <Button
        type="button"
        variant="secondary"
        startIcon={<Plus />}
        disabled={!provider.configured}
        loading={isLoading}
        onClick={() => signIn(provider.provider, { values, uses })}
      >
        {text('oauth.make')}
      </Button>
      {provider.applicationPermissions.length > 0 && (
        <Button
          type="button"
          variant="tertiary"
          startIcon={<Plus />}
          disabled={!provider.configured}
          onClick={() => setDialog('application')}
        >
          {text('oauth.addApplication')}
        </Button>
      )}
      {selected && (
        <Button
          type="button"
          variant={selected.needsAuthorization ? 'default' : 'tertiary'}
          startIcon={<ArrowClockwise />}
          loading={isRenewing}
          onClick={() => authoriseAgain(selected, values, uses)}
        >
          {text('oauth.again')}
        </Button>
      )}
      {selected && (
        <Button type="button" variant="danger-light" startIcon={<Trash />} onClick={() => setDialog('remove')}>
          {text('oauth.remove')}
        </Button>
      )}
      {dialog === 'application' && (
        <ApplicationDialog
          provider={provider}
          use={uses[0]}
          onClose={close}
          onAdded={({ documentId }) => onChange('authorization', documentId)}
        />
      )}
      {dialog === 'remove' && selected && (
        <RemoveAuthorizationDialog authorization={selected} onClose={close} onRemoved={() => onChange('authorization', null)} />
      )}
    </Flex>
  );
}

/** A sign-in ends in the browser that began it, which is told by a cookie; and cookies are kept by host. */
function OtherHost({ provider: { redirectUri } }: { provider: OAuthProvider }) {
  const text = useText();
  const { origin, hostname } = new URL(redirectUri);
  const { backendURL } = window.strapi as unknown as { backendURL: string };
  if (new URL(backendURL, window.location.href).hostname === hostname) return null;
  return (
    <Cell col={12}>
      <Notice variant="warning" title={text('oauth.otherHost', { origin })}>
        {text('oauth.otherHostHint')}
      </Notice>
    </Cell>
  );
}
