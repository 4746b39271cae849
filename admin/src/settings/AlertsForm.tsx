import { Button, Field, Flex, Grid, TextInput, Typography } from '@strapi/design-system';
import { Bell, Trash } from '@strapi/icons';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useAlertsQuery, useTestAlertsMutation, useUpdateAlertsMutation, type AlertSettings } from '../api/operations';
import { Cell } from '../shared/components/Cell';
import { ListField } from './ListField';
import { Notice } from '../shared/components/Notice';
import { NumberField } from '../shared/components/NumberField';
import { Panel } from '../shared/components/Panel';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useSave } from '../shared/hooks/useSave';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';

/** `webhook`: '' keeps the one there is. */
interface Values {
  afterMinutes: number | null;
  emails: string[];
  webhook: string;
}

const valuesOf = ({ afterMinutes, emails }: AlertSettings): Values => ({ afterMinutes, emails, webhook: '' });

/** The addresses that get an alert when something is wrong. */
export function AlertsForm() {
  const text = useText();
  const save = useSave();
  const { data: alerts, error } = useAlertsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateAlertsMutation();
  if (error) return <Page.Error />;
  if (!alerts) return <Page.Loading />;

  const submit = ({ webhook, ...settings }: Values, helpers: FormHelpers<Values>) => {
    const input = { ...settings, ...(webhook.trim() ? { webhook: webhook.trim() } : {}) };
    return save(update(input), helpers, () => ({
      values: { ...settings, webhook: '' },
      message: text('common.saved', { name: text('alerts.title') }),
    }));
  };
  return (
    <SaveForm<Values> initialValues={valuesOf(alerts)} onSave={submit}>
      {({ modified }) => (
        <Flex direction="column" alignItems="stretch" gap={6}>
          <SavePanel
            title={text('alerts.title')}
            hint={text('alerts.hint')}
            actions={alerts.webhookHost && <RemoveWebhook alerts={alerts} disabled={modified} />}
          >
            <Grid.Root gap={5}>
              <Cell>
                <NumberField name="afterMinutes" label={text('alerts.after')} hint={text('alerts.afterHint')} required />
              </Cell>
              <Cell>
                <ListField name="emails" label={text('alerts.emails')} hint={text('alerts.emailsHint')} placeholder="admin@example.com" />
              </Cell>
              <Cell col={12}>
                <Webhook host={alerts.webhookHost} />
              </Cell>
            </Grid.Root>
          </SavePanel>
          <TestAlert disabled={modified} />
        </Flex>
      )}
    </SaveForm>
  );
}

/** Most webhook URLs let everybody post there. So the panel can write the URL and never read it. */
function Webhook({ host }: { host: string | null }) {
  const text = useText();
  const { value, onChange, error } = useField<string>('webhook');
  return (
    <Field.Root name="webhook" error={error} hint={host ? text('alerts.webhookIsSet', { host }) : text('alerts.webhookHint')}>
      <Field.Label>{text('alerts.webhook')}</Field.Label>
      <TextInput
        autoComplete="off"
        placeholder="https://"
        value={value}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange('webhook', event.target.value)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

function RemoveWebhook({ alerts: { afterMinutes, emails }, disabled }: { alerts: AlertSettings; disabled: boolean }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [update, { isLoading }] = useUpdateAlertsMutation();
  const remove = async () => {
    const answer = await update({ afterMinutes, emails, webhook: null });
    if ('error' in answer) return failure(answer.error!);
    success(text('common.saved', { name: text('alerts.title') }));
  };
  return (
    <Button type="button" variant="danger-light" startIcon={<Trash />} disabled={disabled} loading={isLoading} onClick={remove}>
      {text('alerts.removeWebhook')}
    </Button>
  );
}

/** Sends an alert with the saved settings, so unsaved changes disable it. */
function TestAlert({ disabled }: { disabled: boolean }) {
  const text = useText();
  const serverText = useServerText();
  const { failure } = useFeedback();
  const [test, { data: results, isLoading }] = useTestAlertsMutation();
  const run = async () => {
    const answer = await test();
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Panel title={text('alerts.test')} hint={text(disabled ? 'outgoing.testSaveFirst' : 'alerts.testHint')}>
      <Flex>
        <Button type="button" variant="secondary" startIcon={<Bell />} disabled={disabled} loading={isLoading} onClick={run}>
          {text('alerts.send')}
        </Button>
      </Flex>
      {results?.length === 0 && !isLoading && (
        <Notice variant="warning" live>
          {text('alerts.nobody')}
        </Notice>
      )}
      {!isLoading &&
        results?.map(({ channel, error, errorSaid }) => (
          <Notice
            key={channel}
            variant={error ? 'danger' : 'success'}
            title={text(error ? `alerts.${channel}Failed` : `alerts.${channel}Went`)}
            live
          >
            {error && <Typography textColor="neutral800">{serverText(error, errorSaid)}</Typography>}
          </Notice>
        ))}
    </Panel>
  );
}
