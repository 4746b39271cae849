import * as React from 'react';
import { Button, Field, Flex, Textarea, TextInput } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { FormPage } from '../shared/components/FormPage';
import { Notice } from '../shared/components/Notice';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useSave } from '../shared/hooks/useSave';
import { useServerText } from '../shared/hooks/useServerText';
import { useText, type TextKey } from '../shared/hooks/useText';
import { useRetryWebhookMutation, useSaveWebhookMutation, useWebhooksQuery, type Webhook, type WebhookInput } from './api/webhooks';

interface Values {
  name: string;
  /** Whether where it leads is a new one: the server keeps it and never shows it. */
  replaces: boolean;
  target: { url: string; headers: string; secret: string };
}

const valuesOf = (webhook?: Webhook): Values => ({
  name: webhook?.name ?? '',
  replaces: !webhook,
  target: { url: '', headers: '', secret: '' },
});

const inputOf = ({ name, replaces, target: { url, headers, secret } }: Values): WebhookInput => ({
  name,
  ...(replaces ? { target: { url: url.trim(), headers: headersIn(headers), secret: secret.trim() || null } } : {}),
});

/** Lines such as "Authorization: Bearer abc". */
const headersIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(':')[0].trim(), value: line.split(':').slice(1).join(':').trim() }));

/** Where a webhook leads. */
export function WebhookForm() {
  const text = useText();
  const serverText = useServerText();
  const navigate = useNavigate();
  const { webhookId = null } = useParams();
  const save = useSave();
  const { data: webhooks, error } = useWebhooksQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveWebhook] = useSaveWebhookMutation();
  const webhook = webhooks?.find(({ documentId }) => documentId === webhookId);
  if (error || (webhooks && webhookId !== null && !webhook)) return <Page.Error />;
  if (!webhooks) return <Page.Loading />;

  const submit = async (values: Values, helpers: FormHelpers<Values>) => {
    const request = saveWebhook({ id: webhookId, data: inputOf(values) });
    const saved = await save(request, helpers, (answer) => ({
      values: valuesOf(answer),
      message: text('common.saved', { name: answer.name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<Values>
      title={webhook?.name ?? text('webhooks.add')}
      subtitle={text('webhooks.subtitle')}
      back=".."
      isNew={webhookId === null}
      initialValues={valuesOf(webhook)}
      secondaryAction={webhook && webhook.failed > 0 && <RetryButton webhook={webhook} />}
      onSave={submit}
    >
      {({ values }) => (
        <Panel>
          <TextField name="name" label="scanners.name" required />
          {webhook && (
            <>
              <Notice variant="info">
                {text(webhook.isSigned ? 'webhooks.isSigned' : 'webhooks.isSet', {
                  host: webhook.host,
                  headers: webhook.headerNames.join(', ') || '–',
                })}
              </Notice>
              {webhook.lastError && (
                <Notice variant="warning" title={text('webhooks.state', { waiting: webhook.waiting, failed: webhook.failed })}>
                  {serverText(webhook.lastError, webhook.lastErrorSaid)}
                </Notice>
              )}
              <OnOff name="replaces" label={text('webhooks.replace')} />
            </>
          )}
          {values.replaces && <Target />}
        </Panel>
      )}
    </FormPage>
  );
}

function Target() {
  const text = useText();
  const { value, onChange, error } = useField<string>('target.headers');
  return (
    <>
      <TextField name="target.url" label="webhooks.url" placeholder="https://" required />
      <Field.Root name="target.headers" error={error} hint={text('webhooks.headersHint')}>
        <Field.Label>{text('webhooks.headers')}</Field.Label>
        <Textarea
          value={value}
          placeholder="Authorization: Bearer …"
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange('target.headers', event.target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <TextField name="target.secret" label="webhooks.secret" hint={text('webhooks.secretHint')} placeholder="whsec_" />
      <MakeSecret />
    </>
  );
}

interface TextFieldProps {
  name: string;
  label: TextKey;
  hint?: string;
  placeholder?: string;
  required?: boolean;
}

function TextField({ name, label, hint, placeholder, required }: TextFieldProps) {
  const text = useText();
  const { value = '', onChange, error } = useField<string>(name);
  return (
    <Field.Root name={name} error={error} hint={hint} required={required}>
      <Field.Label>{text(label)}</Field.Label>
      <TextInput autoComplete="off" placeholder={placeholder} value={value} onChange={onChange} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

const SECRET_BYTES = 32;

/** Fills in a new secret, to be copied to the other program before it is saved. */
function MakeSecret() {
  const text = useText();
  const { onChange } = useField<string>('target.secret');
  const make = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    onChange('target.secret', `whsec_${btoa(String.fromCharCode(...bytes))}`);
  };
  return (
    <Flex>
      <Button type="button" variant="secondary" onClick={make}>
        {text('webhooks.makeSecret')}
      </Button>
    </Flex>
  );
}

function RetryButton({ webhook: { documentId, failed } }: { webhook: Webhook }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [retry, { isLoading }] = useRetryWebhookMutation();
  const run = async () => {
    const answer = await retry(documentId);
    if ('error' in answer) failure(answer.error!);
    else success(text('deadLetters.retried'));
  };
  return (
    <Button type="button" variant="secondary" startIcon={<ArrowClockwise />} loading={isLoading} onClick={run}>
      {text('webhooks.retry', { failed })}
    </Button>
  );
}
