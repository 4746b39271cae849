import { Grid } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import type { Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useText } from '../shared/hooks/useText';
import { useSettingsForm } from './useSettingsForm';

type Values = Pick<Settings, 'keepLogDays' | 'keepSourceDays' | 'keepDeliveryDays'>;

const valuesOf = ({ keepLogDays, keepSourceDays, keepDeliveryDays }: Settings): Values => ({
  keepLogDays,
  keepSourceDays,
  keepDeliveryDays,
});

/** For how long what is told about people stays. */
export function RetentionForm() {
  const text = useText();
  const { settings, error, submit } = useSettingsForm<Values>(text('retention.title'));
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;
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
