import { Grid } from '@strapi/design-system';
import { InputRenderer, Page } from '@strapi/strapi/admin';
import type { Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useText } from '../shared/hooks/useText';
import { useSettingsForm } from './useSettingsForm';

type Values = Pick<Settings, 'publicUrl' | 'ticketLinkUrl' | 'ticketLinkDays' | 'satisfactionAfterHours' | 'satisfactionEveryDays'>;

/** Where links of emails lead customers to, and when they are asked how content they are. */
export function CustomersForm() {
  const text = useText();
  const { settings, error, submit } = useSettingsForm<Values>(text('customers.title'));
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;
  const { publicUrl, ticketLinkUrl, ticketLinkDays, satisfactionAfterHours, satisfactionEveryDays } = settings;
  return (
    <SaveForm<Values>
      initialValues={{ publicUrl, ticketLinkUrl, ticketLinkDays, satisfactionAfterHours, satisfactionEveryDays }}
      onSave={submit}
    >
      {() => (
        <SavePanel title={text('customers.title')} hint={text('customers.hint')}>
          <Grid.Root gap={5}>
            <Cell col={12}>
              <InputRenderer
                type="string"
                name="publicUrl"
                label={text('customers.publicUrl')}
                hint={text('customers.publicUrlHint')}
                placeholder="https://cms.example.com"
              />
            </Cell>
            <Cell>
              <InputRenderer
                type="string"
                name="ticketLinkUrl"
                label={text('customers.linkUrl')}
                hint={text('customers.linkUrlHint')}
                placeholder="https://www.example.com/my-request"
              />
            </Cell>
            <Cell>
              <NumberField name="ticketLinkDays" label={text('customers.linkDays')} hint={text('customers.linkDaysHint')} required />
            </Cell>
            <Cell>
              <NumberField
                name="satisfactionAfterHours"
                label={text('customers.afterHours')}
                hint={text('customers.afterHoursHint')}
                required
              />
            </Cell>
            <Cell>
              <NumberField
                name="satisfactionEveryDays"
                label={text('customers.everyDays')}
                hint={text('customers.everyDaysHint')}
                required
              />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
