import { Button, Flex, Grid } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, Page, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from '../shared/components/FreshErrors';
import { useSettingsQuery, useUpdateSettingsMutation, type Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { Panel } from '../shared/components/Panel';
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

  const submit = async (values: Values, helpers: FormHelpers<Values>) => {
    await save(update(values), helpers, { values, message: text('common.saved', { name: text('retention.title') }) });
  };
  return (
    <Form<Values> method="PUT" initialValues={valuesOf(settings)} onSubmit={submit}>
      {({ modified, isSubmitting }) => (
        <Panel title={text('retention.title')} hint={text('retention.hint')}>
          <FreshErrors />
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
          <Flex>
            <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting}>
              {text('common.save')}
            </Button>
          </Flex>
          <Blocker />
        </Panel>
      )}
    </Form>
  );
}
