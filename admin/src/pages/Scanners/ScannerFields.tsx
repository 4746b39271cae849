import { InputRenderer, useField } from '@strapi/strapi/admin';
import { Cell } from '../../components/Cell';
import { Choice } from '../../components/Choice';
import { NumberField } from '../../components/NumberField';
import { OnOff } from '../../components/OnOff';
import { useText } from '../../utils/useText';

/** The fields of a scanner that have nothing to do with reaching its mailbox. */

interface FieldsProps {
  disabled: boolean;
}

export function GeneralFields({ isNew, disabled }: FieldsProps & { isNew: boolean }) {
  const text = useText();
  return (
    <>
      <Cell>
        <InputRenderer type="string" name="name" label={text('scanners.name')} hint={text('scanner.nameHint')} required disabled={disabled} />
      </Cell>
      <Cell>
        <OnOff name="active" label={text('scanners.active')} hint={text(isNew ? 'scanner.activeNewHint' : 'scanner.activeHint')} disabled={disabled || isNew} />
      </Cell>
    </>
  );
}

export function ScanFields({ disabled }: FieldsProps) {
  const text = useText();
  const { value: protocol } = useField<string>('protocol');
  const scanTypes = [
    { value: 'unread', label: text('scanner.unread') },
    { value: 'sinceLastScan', label: text('scanner.sinceLastScan') },
  ];
  return (
    <>
      <Cell>
        <Choice name="scanType" label={text('scanner.scanType')} options={scanTypes} hint={text('scanner.scanTypeHint')} disabled={disabled} />
      </Cell>
      <Cell>
        <NumberField name="scanEvery" label={text('scanner.scanEvery')} hint={text('scanner.scanEveryHint')} disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer type="datetime" name="scanFrom" label={text('scanner.scanFrom')} hint={text('scanner.scanFromHint')} disabled={disabled} />
      </Cell>
      {protocol === 'imap' && (
        <Cell>
          <OnOff name="listen" label={text('scanner.listen')} hint={text('scanner.listenHint')} disabled={disabled} />
        </Cell>
      )}
    </>
  );
}

export function AnswerFields({ disabled }: FieldsProps) {
  const text = useText();
  return (
    <>
      <Cell>
        <InputRenderer type="email" name="fromAddress" label={text('outgoing.fromAddress')} autoComplete="off" disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer type="string" name="fromName" label={text('outgoing.fromName')} disabled={disabled} />
      </Cell>
    </>
  );
}
