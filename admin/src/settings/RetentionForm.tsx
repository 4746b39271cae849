import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { useText } from '../shared/hooks/useText';
import { SettingsPanel } from './SettingsPanel';

/** For how long what is told about people stays. */
export function RetentionForm() {
  const text = useText();
  return (
    <SettingsPanel title="retention.title" hint="retention.hint" names={['keepLogDays', 'keepSourceDays', 'keepDeliveryDays']}>
      {() => (
        <>
          <Cell>
            <NumberField name="keepLogDays" label={text('retention.log')} hint={text('retention.logHint')} required />
          </Cell>
          <Cell>
            <NumberField name="keepSourceDays" label={text('retention.sources')} hint={text('retention.sourcesHint')} required />
          </Cell>
          <Cell>
            <NumberField name="keepDeliveryDays" label={text('retention.deliveries')} hint={text('retention.deliveriesHint')} required />
          </Cell>
        </>
      )}
    </SettingsPanel>
  );
}
