import { Grid } from '@strapi/design-system';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useSettingsQuery, useUpdateSettingsMutation, type Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

type Values = Pick<Settings, 'keepLogDays' | 'keepSourceDays' | 'keepDeliveryDays'>;

const valuesOf = ({ keepLogDays, keepSourceDays, keepDeliveryDays }: Settings): Values => ({
  keepLogDays,
  keepSourceDays,
  keepDeliveryDays,
});

/** For how long what is told about people stays. */
export function RetentionForm() {
  const text = useText();
  const save = useSave();
  const { data: settings, error } = useSettingsQuery();
  const [update] = useUpdateSettingsMutation();
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;

  const submit = (values: Values, helpers: FormHelpers<Values>) =>
    save(update(values), helpers, () => ({ values, message: text('common.saved', { name: text('retention.title') }) }));
  return (
    <SaveForm<Values> initialValues={valuesOf(settings)} onSave={submit}>
      {() => (
        <SavePanel title={text('retention.title')} hint={text('retention.hint')}>
          <Grid.Root gap={5}>
            <Cell>
              <NumberField name="keepLogDays" label={text('retention.log')} hint={text('retention.logHint')} required />
            </Cell>
            <Cell>
              <NumberField name="keepSourceDays" label={text('retention.sources')} hint={text('retention.sourcesHint')} required />
            </Cell>
            <Cell>
              <NumberField name="keepDeliveryDays" label={text('retention.deliveries')} hint={text('retention.deliveriesHint')} required />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
