import { Field, Grid, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { InputRenderer, useField } from '@strapi/strapi/admin';
import { CUSTOMER_EMAILS } from '../../../shared/vocabulary';
import type { Scanner } from '../api/scanners';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { useTeamsQuery } from '../api/teams';
import { TeamSelect } from '../shared/helpdesk/TeamSelect';
import { HtmlField } from '../shared/components/HtmlField';
import { NumberField } from '../shared/components/NumberField';
import { OnOff } from '../shared/components/OnOff';
import { useText } from '../shared/hooks/useText';

/** The fields of a scanner that have nothing to do with reaching its mailbox. */

interface FieldsProps {
  disabled: boolean;
}

export function GeneralFields({ isNew, disabled }: FieldsProps & { isNew: boolean }) {
  const text = useText();
  return (
    <>
      <Cell>
        <InputRenderer
          type="string"
          name="name"
          label={text('scanners.name')}
          hint={text('scanner.nameHint')}
          required
          disabled={disabled}
        />
      </Cell>
      <Cell>
        <OnOff
          name="active"
          label={text('scanners.active')}
          hint={text(isNew ? 'scanner.activeNewHint' : 'scanner.activeHint')}
          disabled={disabled || isNew}
        />
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
        <Choice
          name="scanType"
          label={text('scanner.scanType')}
          options={scanTypes}
          hint={text('scanner.scanTypeHint')}
          disabled={disabled}
        />
      </Cell>
      <Cell>
        <NumberField name="scanEvery" label={text('scanner.scanEvery')} hint={text('scanner.scanEveryHint')} disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer
          type="datetime"
          name="scanFrom"
          label={text('scanner.scanFrom')}
          hint={text('scanner.scanFromHint')}
          disabled={disabled}
        />
      </Cell>
      {protocol !== 'pop3' && (
        <Cell>
          <OnOff
            name="listen"
            label={text('scanner.listen')}
            hint={text(protocol === 'graph' ? 'scanner.listenHint.graph' : 'scanner.listenHint')}
            disabled={disabled}
          />
        </Cell>
      )}
    </>
  );
}

/** Whose an email is, and who vouches for it. */
export function SenderFields({ authserv, disabled }: FieldsProps & { authserv: Scanner['authserv'] | undefined }) {
  const text = useText();
  const { id = null, source = 'learning' } = authserv ?? {};
  const hint = source === 'learnt' && !id ? text('scanner.authservHint.unnamed') : text(`scanner.authservHint.${source}`, { id: id ?? '' });
  return (
    <>
      <Cell>
        <OnOff name="useReplyTo" label={text('scanner.useReplyTo')} hint={text('scanner.useReplyToHint')} disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer
          type="string"
          name="authservId"
          label={text('scanner.authserv')}
          hint={hint}
          placeholder="mx.example.com"
          disabled={disabled}
        />
      </Cell>
      <Team disabled={disabled} />
    </>
  );
}

/** Nothing where there are no teams. */
function Team({ disabled }: FieldsProps) {
  const text = useText();
  const { value, onChange, error } = useField<string | null>('helpdeskTeam');
  const { data: teams = [] } = useTeamsQuery();
  if (teams.length === 0) return null;
  return (
    <Cell>
      <Field.Root name="helpdeskTeam" error={error} hint={text('teams.scannerHint')}>
        <Field.Label>{text('teams.team')}</Field.Label>
        <TeamSelect value={value} onChange={(team) => onChange('helpdeskTeam', team)} disabled={disabled} />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </Cell>
  );
}

/** Which emails customers of this mailbox get beside those about comments, where it differs from the templates. */
export function CustomerEmailFields({ disabled }: FieldsProps) {
  const text = useText();
  const { value, onChange } = useField<Scanner['customerEmails']>('customerEmails');
  const choices = [
    ['null', text('scanner.customerEmails.asTemplate')],
    ['true', text('common.on')],
    ['false', text('common.off')],
  ];
  return CUSTOMER_EMAILS.map((key) => (
    <Cell key={key}>
      <Field.Root>
        <Field.Label>{text('scanner.customerEmails', { name: text(`template.name.${key}`) })}</Field.Label>
        <SingleSelect
          value={String(value?.[key] ?? null)}
          disabled={disabled}
          onChange={(chosen: string | number) =>
            onChange('customerEmails', { ...value, [key]: JSON.parse(String(chosen)) as boolean | null })
          }
        >
          {choices.map(([choice, label]) => (
            <SingleSelectOption key={choice} value={choice}>
              {label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Cell>
  ));
}

export function AnswerFields({ disabled }: FieldsProps) {
  const text = useText();
  const { value: authType } = useField<string>('authType');
  return (
    <>
      <Cell>
        <InputRenderer type="email" name="fromAddress" label={text('outgoing.fromAddress')} autoComplete="off" disabled={disabled} />
      </Cell>
      <Cell>
        <InputRenderer type="string" name="fromName" label={text('outgoing.fromName')} disabled={disabled} />
      </Cell>
      {authType === 'microsoft' && (
        <Cell>
          <Choice
            name="answersBy"
            label={text('scanner.answersBy')}
            hint={text('scanner.answersByHint')}
            disabled={disabled}
            options={[
              { value: 'outgoingMail', label: text('scanner.answersBy.outgoingMail') },
              { value: 'graph', label: text('outgoing.transport.graph') },
            ]}
          />
        </Cell>
      )}
      <Grid.Item col={12} direction="column" alignItems="stretch">
        <HtmlField name="signature" label={text('signature.title')} hint={text('signature.ofScannerHint')} disabled={disabled} />
      </Grid.Item>
    </>
  );
}
