import { CLOUDS } from '../../../shared/vocabulary';
import * as React from 'react';
import { Button, Flex, Grid } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { InputRenderer, useForm, type FormHelpers } from '@strapi/strapi/admin';
import {
  useDeleteOAuthProviderMutation,
  useUpdateOAuthProviderMutation,
  type OAuthProvider,
  type ProviderOption,
} from '../api/authorizations';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { PasswordInput } from '../shared/components/PasswordInput';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useSave } from '../shared/hooks/useSave';
import { useText, type TextKey } from '../shared/hooks/useText';
import { RegistrationHelp } from './RegistrationHelp';

type Values = Record<'clientId' | 'clientSecret' | ProviderOption, string>;

const valuesOf = ({ clientId, tenant, cloud, issuer, scopes }: OAuthProvider): Values => ({
  clientId,
  clientSecret: '',
  tenant: tenant ?? '',
  cloud: cloud ?? 'global',
  issuer: issuer ?? '',
  scopes: scopes ?? '',
});

/** What is sent: the options of this provider; an empty secret keeps the saved one. */
function inputOf({ clientId, clientSecret, ...values }: Values, { options }: OAuthProvider) {
  const set = Object.fromEntries(options.map((option) => [option, values[option]]));
  return { clientId, ...set, ...(clientSecret ? { clientSecret } : {}) };
}

/** How a provider knows this Strapi: what to register there, and what it gave in return. */
export function ProviderForm({ provider }: { provider: OAuthProvider }) {
  const text = useText();
  const save = useSave();
  const [update] = useUpdateOAuthProviderMutation();
  const { label, managedByConfig } = provider;

  const submit = (values: Values, helpers: FormHelpers<Values>) =>
    save(update({ provider: provider.provider, data: inputOf(values, provider) }), helpers, (saved) => ({
      values: valuesOf(saved),
      message: text('common.saved', { name: label }),
    }));
  return (
    <SaveForm<Values> initialValues={valuesOf(provider)} disabled={managedByConfig} onSave={submit}>
      {() => (
        <Flex direction="column" alignItems="stretch" gap={6}>
          <Panel title={text('oauth.register')} hint={text('oauth.registerHint')}>
            <RegistrationHelp provider={provider} />
          </Panel>
          <SavePanel
            title={text('oauth.registered')}
            hint={text('oauth.registeredHint')}
            canSave={!managedByConfig}
            actions={provider.clientId !== '' && <ForgetButton provider={provider} />}
          >
            {managedByConfig && (
              <Notice variant="info" title={text('oauth.managed')}>
                {text('oauth.managedHint', { path: `oauth.${provider.provider}` })}
              </Notice>
            )}
            <Fields provider={provider} />
          </SavePanel>
        </Flex>
      )}
    </SaveForm>
  );
}

function Fields({ provider }: { provider: OAuthProvider }) {
  const text = useText();
  const disabled = provider.managedByConfig;
  return (
    <Grid.Root gap={5}>
      <Cell>
        <InputRenderer
          type="string"
          name="clientId"
          label={text('oauth.clientId')}
          hint={text(hintOf(provider, 'clientId'))}
          autoComplete="off"
          required
          disabled={disabled}
        />
      </Cell>
      {!provider.hasCertificate && (
        <Cell>
          <PasswordInput
            name="clientSecret"
            label={text('oauth.clientSecret')}
            isSet={provider.hasSecret}
            hint={text(hintOf(provider, 'clientSecret'))}
            isSetHint={disabled ? '' : text('oauth.secretIsSet')}
            disabled={disabled}
          />
        </Cell>
      )}
      {provider.options.map((option) => (
        <Cell key={option}>{OPTION_FIELDS[option]({ disabled, required: provider.required.includes(option) })}</Cell>
      ))}
      {provider.hasCertificate && (
        <Cell col={12}>
          <Notice variant="info">{text('oauth.certificate')}</Notice>
        </Cell>
      )}
    </Grid.Root>
  );
}

/** Microsoft has its own names for things. */
const hintOf = ({ provider }: OAuthProvider, field: 'clientId' | 'clientSecret'): TextKey =>
  provider === 'microsoft' ? `oauth.${field}HintMicrosoft` : `oauth.${field}Hint`;

interface OptionProps {
  disabled: boolean;
  required: boolean;
}

const OPTION_FIELDS: Record<ProviderOption, (props: OptionProps) => React.ReactNode> = {
  tenant: (props) => <TextOption name="tenant" placeholder="contoso.com" {...props} />,
  issuer: (props) => <TextOption name="issuer" placeholder="https://login.example.com" {...props} />,
  scopes: (props) => <TextOption name="scopes" placeholder="openid email offline_access" {...props} />,
  cloud: ({ disabled }) => <CloudOption disabled={disabled} />,
};

function TextOption({ name, ...props }: OptionProps & { name: 'tenant' | 'issuer' | 'scopes'; placeholder: string }) {
  const text = useText();
  return (
    <InputRenderer type="string" name={name} label={text(`oauth.${name}`)} hint={text(`oauth.${name}Hint`)} autoComplete="off" {...props} />
  );
}

function CloudOption({ disabled }: { disabled: boolean }) {
  const text = useText();
  return (
    <Choice
      name="cloud"
      label={text('oauth.cloud')}
      disabled={disabled}
      options={CLOUDS.map((value) => ({ value, label: text(`oauth.cloud.${value}`) }))}
    />
  );
}

/** Takes id and secret out of the database. The accounts stay, and rest. */
function ForgetButton({ provider: { provider, label } }: { provider: OAuthProvider }) {
  const text = useText();
  const resetForm = useForm('ForgetButton', (form) => form.resetForm);
  const { success, failure } = useFeedback();
  const [forget] = useDeleteOAuthProviderMutation();
  const [isAsking, setAsking] = React.useState(false);
  const confirm = async () => {
    const answer = await forget(provider);
    setAsking(false);
    if ('error' in answer) return failure(answer.error!);
    resetForm(valuesOf(answer.data));
    success(text('oauth.forgotten', { provider: label }));
  };
  return (
    <>
      <Button type="button" variant="danger-light" startIcon={<Trash />} onClick={() => setAsking(true)}>
        {text('oauth.forget')}
      </Button>
      <DeleteDialog
        title={text('oauth.forgetTitle', { provider: label })}
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
      >
        {text('oauth.forgetText')}
      </DeleteDialog>
    </>
  );
}
