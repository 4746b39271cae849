import * as React from 'react';
import { Checkbox, Field, Flex, Grid, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { TRIGGER_WHEN, type TriggerWhen } from '../../../../shared/vocabulary';
import { ActionsEditor } from '../ActionsEditor';
import { ConditionsEditor } from '../ConditionsEditor';
import { Cell } from '../../shared/components/Cell';
import { FormPage } from '../../shared/components/FormPage';
import { Notice } from '../../shared/components/Notice';
import { NumberField } from '../../shared/components/NumberField';
import { OnOff } from '../../shared/components/OnOff';
import { Panel } from '../../shared/components/Panel';
import { useRuleWords } from '../../shared/hooks/useRuleWords';
import { useSave } from '../../shared/hooks/useSave';
import { useText } from '../../shared/hooks/useText';
import { useCountTriggerQuery, useSaveTriggerMutation, useTriggerSchemaQuery, useTriggersQuery, type TriggerChange } from './api/triggers';

/** Minutes of each. */
const UNITS = { days: 1_440, hours: 60, minutes: 1 };
type Unit = keyof typeof UNITS;

/** As the form holds it: "3 days" in place of minutes. */
interface Values extends Omit<TriggerChange, 'minutes'> {
  minutes: number | null;
  unit: Unit;
  alsoExisting: boolean;
}

const NEW: TriggerChange = {
  name: '',
  active: false,
  state: 'waitingForCustomer',
  minutes: 3 * UNITS.days,
  countsBusinessHours: false,
  conditions: { combinator: 'and', rules: [] },
  actions: [],
};

function valuesOf({ name, active, state, minutes, countsBusinessHours, conditions, actions }: TriggerChange): Values {
  const unit = (Object.keys(UNITS) as Unit[]).find((one) => minutes > 0 && minutes % UNITS[one] === 0) ?? 'minutes';
  return { name, active, state, minutes: minutes / UNITS[unit], unit, countsBusinessHours, conditions, actions, alsoExisting: false };
}

const changeOf = ({ unit, minutes, ...values }: Values): TriggerChange => ({ ...values, minutes: (minutes ?? -1) * UNITS[unit] });

/** What a time trigger waits for, of which tickets, and what it does then. */
export function TriggerForm() {
  const text = useText();
  const navigate = useNavigate();
  const { triggerId = null } = useParams();
  const save = useSave();
  const { data: triggers, error } = useTriggersQuery(undefined, { refetchOnMountOrArgChange: true });
  const { data: schema, error: schemaError } = useTriggerSchemaQuery();
  const words = useRuleWords(schema);
  const [saveTrigger] = useSaveTriggerMutation();
  const trigger = triggers?.find(({ documentId }) => documentId === triggerId);
  if (error || schemaError || (triggers && triggerId !== null && !trigger)) return <Page.Error />;
  if (!triggers || !schema) return <Page.Loading />;

  const submit = async (values: Values, helpers: FormHelpers<Values>) => {
    const request = saveTrigger({ id: triggerId, data: changeOf(values) });
    const saved = await save(request, helpers, (answer) => ({
      values: valuesOf(answer),
      message: text('common.saved', { name: answer.name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<Values>
      title={trigger?.name ?? text('triggers.add')}
      subtitle={text('triggers.subtitle')}
      back=".."
      isNew={triggerId === null}
      initialValues={valuesOf(trigger ?? NEW)}
      onSave={submit}
    >
      {({ values, disabled }) => (
        <>
          <Panel>
            <Grid.Root gap={5}>
              <Cell>
                <Name />
              </Cell>
              <Cell>
                <OnOff name="active" label={text('scanners.active')} />
              </Cell>
            </Grid.Root>
          </Panel>
          <Panel title={text('triggers.when')} hint={text('triggers.whenHint')}>
            <Grid.Root gap={5}>
              <Cell>
                <Choice<TriggerWhen>
                  name="state"
                  label={text('triggers.state')}
                  options={TRIGGER_WHEN}
                  word={(one) => text(`triggers.state.${one}`)}
                />
              </Cell>
              <Cell col={3}>
                <NumberField name="minutes" label={text(values.state === 'dueSoon' ? 'triggers.before' : 'triggers.for')} required />
              </Cell>
              <Cell col={3}>
                <Choice<Unit>
                  name="unit"
                  label={text('triggers.unit')}
                  options={Object.keys(UNITS) as Unit[]}
                  word={(one) => text(`triggers.${one}`)}
                />
              </Cell>
              {values.state !== 'dueSoon' && (
                <Cell>
                  <OnOff name="countsBusinessHours" label={text('triggers.countsHours')} hint={text('triggers.countsHoursHint')} />
                </Cell>
              )}
            </Grid.Root>
          </Panel>
          <Panel title={text('rule.conditions')} hint={text('triggers.conditionsHint')}>
            <ConditionsEditor schema={schema} words={words} disabled={disabled} />
          </Panel>
          <Panel title={text('rule.actions')} hint={text('triggers.actionsHint')}>
            <ActionsEditor schema={schema} words={words} scannerId="" disabled={disabled} />
          </Panel>
          {values.active && <Existing id={triggerId} values={values} />}
        </>
      )}
    </FormPage>
  );
}

const COUNT_AFTER_MS = 600;

/** How many tickets it would meet at once, before somebody activates it, and whether it is to. */
function Existing({ id, values }: { id: string | null; values: Values }) {
  const text = useText();
  const { value = false, onChange } = useField<boolean>('alsoExisting');
  const asked = JSON.stringify({ ...(id === null ? {} : { id }), trigger: { ...changeOf(values), alsoExisting: false } });
  const [settled, setSettled] = React.useState(asked);
  React.useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), COUNT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const { currentData: count } = useCountTriggerQuery(JSON.parse(settled));
  return (
    <Notice variant={value ? 'warning' : 'info'} title={text('triggers.existing')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral800">
          {count ? text('triggers.count', { now: count.now, later: count.later }) : text('triggers.notCounted')}
          {count?.isCutShort && ` ${text('triggers.cutShort')}`}
        </Typography>
        <Checkbox checked={value} onCheckedChange={(checked: boolean) => onChange('alsoExisting', checked)}>
          {text('triggers.alsoExisting')}
        </Checkbox>
      </Flex>
    </Notice>
  );
}

function Name() {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('name');
  return (
    <Field.Root name="name" error={error} required>
      <Field.Label>{text('scanners.name')}</Field.Label>
      <TextInput value={value} onChange={onChange} maxLength={255} />
      <Field.Error />
    </Field.Root>
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  options: readonly T[];
  word(option: T): string;
}

function Choice<T extends string>({ name, label, options, word }: ChoiceProps<T>) {
  const { value, onChange, error } = useField<T>(name);
  return (
    <Field.Root name={name} error={error} required>
      <Field.Label>{label}</Field.Label>
      <SingleSelect value={value} onChange={(chosen: string | number) => onChange(name, chosen as T)}>
        {options.map((option) => (
          <SingleSelectOption key={option} value={option}>
            {word(option)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}
