import { Grid } from '@strapi/design-system';
import { InputRenderer, Page, type FormHelpers } from '@strapi/strapi/admin';
import { useSettingsQuery, useUpdateSettingsMutation, type Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { ListField } from './ListField';
import { NumberField } from '../shared/components/NumberField';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** Ticket numbers, limits, and what is kept. */
export function SettingsForm() {
  const text = useText();
  const save = useSave();
  const { data: settings, error } = useSettingsQuery();
  const [update] = useUpdateSettingsMutation();
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;

  const submit = (values: Settings, helpers: FormHelpers<Settings>) =>
    save(update(values), helpers, () => ({ values, message: text('common.saved', { name: text('additional.tickets') }) }));
  return (
    <SaveForm<Settings> initialValues={settings} onSave={submit}>
      {({ values }) => (
        <SavePanel title={text('additional.tickets')}>
          <Grid.Root gap={5}>
            <Cell>
              <InputRenderer
                type="string"
                name="ticketPrefix"
                label={text('additional.prefix')}
                hint={text('additional.prefixHint', { example: `${values.ticketPrefix}${values.ticketStart}` })}
                required
              />
            </Cell>
            <Cell>
              <NumberField name="ticketStart" label={text('additional.start')} hint={text('additional.startHint')} required />
            </Cell>
            <Cell>
              <NumberField name="maxMessageMegabytes" label={text('additional.maxSize')} hint={text('additional.maxSizeHint')} required />
            </Cell>
            <Cell>
              <NumberField
                name="maxNewTicketsPerHour"
                label={text('additional.maxNewTickets')}
                hint={text('additional.maxNewTicketsHint')}
                required
              />
            </Cell>
            <Cell>
              <Choice
                name="keepSources"
                label={text('additional.keep')}
                hint={text('additional.keepHint')}
                options={[
                  { value: 'failed', label: text('additional.keepFailed') },
                  { value: 'all', label: text('additional.keepAll') },
                ]}
              />
            </Cell>
            <Cell>
              <ListField
                name="staffDomains"
                label={text('additional.staffDomains')}
                hint={text('additional.staffDomainsHint')}
                placeholder="example.com, example.org"
              />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
