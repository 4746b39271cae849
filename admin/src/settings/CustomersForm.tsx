import { InputRenderer } from '@strapi/strapi/admin';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { useText } from '../shared/hooks/useText';
import { SettingsPanel } from './SettingsPanel';

/** Where links of emails lead customers to, and when they are asked how content they are. */
export function CustomersForm() {
  const text = useText();
  return (
    <SettingsPanel
      title="customers.title"
      hint="customers.hint"
      names={['publicUrl', 'ticketLinkUrl', 'ticketLinkDays', 'satisfactionAfterHours', 'satisfactionEveryDays']}
    >
      {() => (
        <>
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
            <NumberField name="satisfactionEveryDays" label={text('customers.everyDays')} hint={text('customers.everyDaysHint')} required />
          </Cell>
        </>
      )}
    </SettingsPanel>
  );
}
