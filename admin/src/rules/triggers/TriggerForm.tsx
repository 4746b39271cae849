import * as React from 'react';
import { Checkbox, Flex, Grid, Typography } from '@strapi/design-system';
import { InputRenderer, Page, useField } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { TRIGGER_WHEN } from '../../../../shared/vocabulary';
import { ActionsEditor } from '../ActionsEditor';
import { ConditionsEditor } from '../ConditionsEditor';
import { Cell } from '../../shared/components/Cell';
import { Choice } from '../../shared/components/Choice';
import { Notice } from '../../shared/components/Notice';
import { NumberField } from '../../shared/components/NumberField';
import { OnOff } from '../../shared/components/OnOff';
import { Panel } from '../../shared/components/Panel';
import { RecordFormPage } from '../../shared/components/RecordFormPage';
import { useRuleWords } from '../../shared/hooks/useRuleWords';
import { useText } from '../../shared/hooks/useText';
import {
  useCountTriggerQuery,
  useSaveTriggerMutation,
  useTriggerSchemaQuery,
  useTriggersQuery,
  type TriggerChange,
} from '../../api/triggers';

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
  const { triggerId = null } = useParams();
  const list = useTriggersQuery(undefined, { refetchOnMountOrArgChange: true });
  const { data: schema, error } = useTriggerSchemaQuery();
  const words = useRuleWords(schema);
  const [saveTrigger] = useSaveTriggerMutation();
  if (error) return <Page.Error />;
  if (!schema) return <Page.Loading />;
  return (
    <RecordFormPage
      list={list}
      id={triggerId}
      add="triggers.add"
      subtitle="triggers.subtitle"
      valuesOf={(trigger) => valuesOf(trigger ?? NEW)}
      save={(values) => saveTrigger({ id: triggerId, data: changeOf(values) })}
    >
      {({ values, disabled }) => (
        <>
          <Panel>
            <Grid.Root gap={5}>
              <Cell>
                <InputRenderer type="string" name="name" label={text('scanners.name')} required />
              </Cell>
              <Cell>
                <OnOff name="active" label={text('scanners.active')} />
              </Cell>
            </Grid.Root>
          </Panel>
          <When values={values} />
          <Panel title={text('rule.conditions')} hint={text('triggers.conditionsHint')}>
            <ConditionsEditor schema={schema} words={words} disabled={disabled} />
          </Panel>
          <Panel title={text('rule.actions')} hint={text('triggers.actionsHint')}>
            <ActionsEditor schema={schema} words={words} scannerId="" disabled={disabled} />
          </Panel>
          {values.active && <Existing id={triggerId} values={values} />}
        </>
      )}
    </RecordFormPage>
  );
}

/** In which state a ticket is for how long, or how long before it ends. */
function When({ values: { state } }: { values: Values }) {
  const text = useText();
  return (
    <Panel title={text('triggers.when')} hint={text('triggers.whenHint')}>
      <Grid.Root gap={5}>
        <Cell>
          <Choice
            name="state"
            label={text('triggers.state')}
            options={TRIGGER_WHEN.map((value) => ({ value, label: text(`triggers.state.${value}`) }))}
            required
          />
        </Cell>
        <Cell col={3}>
          <NumberField name="minutes" label={text(state === 'dueSoon' ? 'triggers.before' : 'triggers.for')} required />
        </Cell>
        <Cell col={3}>
          <Choice
            name="unit"
            label={text('triggers.unit')}
            options={(Object.keys(UNITS) as Unit[]).map((value) => ({ value, label: text(`triggers.${value}`) }))}
            required
          />
        </Cell>
        {state !== 'dueSoon' && (
          <Cell>
            <OnOff name="countsBusinessHours" label={text('triggers.countsHours')} hint={text('triggers.countsHoursHint')} />
          </Cell>
        )}
      </Grid.Root>
    </Panel>
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
