import { InputRenderer } from '@strapi/strapi/admin';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { ListField } from './ListField';
import { NumberField } from '../shared/components/NumberField';
import { useText } from '../shared/hooks/useText';
import { SettingsPanel } from './SettingsPanel';

/** Ticket numbers, limits, and what is kept. */
export function SettingsForm() {
  const text = useText();
  return (
    <SettingsPanel
      title="additional.tickets"
      names={['ticketPrefix', 'ticketStart', 'maxMessageMegabytes', 'maxNewTicketsPerHour', 'keepSources', 'staffDomains']}
    >
      {(values) => (
        <>
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
        </>
      )}
    </SettingsPanel>
  );
}
