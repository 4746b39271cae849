import * as React from 'react';
import { Button, Field, Flex, Textarea } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { InputRenderer, useField } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { Notice } from '../shared/components/Notice';
import { OnOff } from '../shared/components/OnOff';
import { Panel } from '../shared/components/Panel';
import { RecordFormPage } from '../shared/components/RecordFormPage';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { useRetryWebhookMutation, useSaveWebhookMutation, useWebhooksQuery, type Webhook, type WebhookInput } from '../api/webhooks';

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
  const { webhookId = null } = useParams();
  const list = useWebhooksQuery(undefined, { refetchOnMountOrArgChange: true });
  const [saveWebhook] = useSaveWebhookMutation();
  return (
    <RecordFormPage
      list={list}
      id={webhookId}
      add="webhooks.add"
      subtitle="webhooks.subtitle"
      valuesOf={valuesOf}
      save={(values) => saveWebhook({ id: webhookId, data: inputOf(values) })}
      secondaryAction={(webhook) => webhook.failed > 0 && <RetryButton webhook={webhook} />}
    >
      {({ record, values }) => (
        <Panel>
          <InputRenderer type="string" name="name" label={text('scanners.name')} autoComplete="off" required />
          {record && <Saved webhook={record} />}
          {values.replaces && <Target />}
        </Panel>
      )}
    </RecordFormPage>
  );
}

/** What is shown of where it leads, how its calls fare, and whether it is to lead elsewhere. */
function Saved({ webhook }: { webhook: Webhook }) {
  const text = useText();
  const serverText = useServerText();
  const { host, headerNames, isSigned, waiting, failed, lastError, lastErrorSaid } = webhook;
  return (
    <>
      <Notice variant="info">
        {text(isSigned ? 'webhooks.isSigned' : 'webhooks.isSet', { host, headers: headerNames.join(', ') || '–' })}
      </Notice>
      {lastError && (
        <Notice variant="warning" title={text('webhooks.state', { waiting, failed })}>
          {serverText(lastError, lastErrorSaid)}
        </Notice>
      )}
      <OnOff name="replaces" label={text('webhooks.replace')} />
    </>
  );
}

function Target() {
  const text = useText();
  const { value, onChange, error } = useField<string>('target.headers');
  return (
    <>
      <InputRenderer type="string" name="target.url" label={text('webhooks.url')} placeholder="https://" autoComplete="off" required />
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
      <InputRenderer
        type="string"
        name="target.secret"
        label={text('webhooks.secret')}
        hint={text('webhooks.secretHint')}
        placeholder="whsec_"
        autoComplete="off"
      />
      <MakeSecret />
    </>
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
