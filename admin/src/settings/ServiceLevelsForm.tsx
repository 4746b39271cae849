import { Field, Flex, Grid, Textarea, TextInput, Typography } from '@strapi/design-system';
import { Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { PRIORITIES } from '../../../shared/vocabulary';
import { Cell } from '../shared/components/Cell';
import { NumberField } from '../shared/components/NumberField';
import { OnOff } from '../shared/components/OnOff';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useSave } from '../shared/hooks/useSave';
import { useFieldError } from '../shared/hooks/useFieldError';
import { useText } from '../shared/hooks/useText';
import { useServiceLevelsQuery, useUpdateServiceLevelsMutation } from '../api/settings';
import { levelsOf, valuesOf, type LevelValues } from './serviceLevelValues';
import { TimeZoneField } from './TimeZoneField';

/** How fast the team wants to answer, and when it is there. */
export function ServiceLevelsForm() {
  const text = useText();
  const save = useSave();
  const { data: levels, error } = useServiceLevelsQuery(undefined, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateServiceLevelsMutation();
  if (error) return <Page.Error />;
  if (!levels) return <Page.Loading />;
  const submit = (values: LevelValues, helpers: FormHelpers<LevelValues>) =>
    save(update(levelsOf(values)), helpers, (saved) => ({
      values: valuesOf(saved),
      message: text('common.saved', { name: text('levels.title') }),
    }));
  return (
    <SaveForm<LevelValues> initialValues={valuesOf(levels)} onSave={submit}>
      {() => (
        <SavePanel title={text('levels.title')} hint={text('levels.hint')}>
          <Grid.Root gap={5}>
            {PRIORITIES.toReversed().map((priority) => (
              <Cell key={priority}>
                <Targets priority={priority} />
              </Cell>
            ))}
            <Cell>
              <OnOff name="waitingPauses" label={text('levels.waitingPauses')} hint={text('levels.waitingPausesHint')} />
            </Cell>
            <Cell>
              <NumberField name="dueSoonMinutes" label={text('levels.dueSoon')} hint={text('levels.dueSoonHint')} required />
            </Cell>
            <Cell>
              <OnOff name="countsBusinessHours" label={text('levels.countsHours')} hint={text('levels.countsHoursHint')} />
            </Cell>
            <Cell>
              <TimeZoneField name="hours.timeZone" label={text('levels.timeZone')} />
            </Cell>
            <Cell>
              <Days />
            </Cell>
            <Cell>
              <Holidays />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}

function Targets({ priority }: { priority: (typeof PRIORITIES)[number] }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={2} tag="fieldset" style={{ border: 0, margin: 0, padding: 0 }}>
      <Typography tag="legend" variant="delta" textColor="neutral800" style={{ marginBlockEnd: '0.8rem', paddingInline: 0 }}>
        {text(`inbox.priority.${priority}`)}
      </Typography>
      <NumberField name={`targets.${priority}.firstResponse`} label={text('levels.firstResponse')} />
      <NumberField name={`targets.${priority}.resolution`} label={text('levels.resolution')} />
    </Flex>
  );
}

function Days() {
  const text = useText();
  const { formatDate } = useIntl();
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {Array.from({ length: 7 }, (_, day) => (
        // 2024 began with a Monday.
        <Day
          key={day}
          name={`hours.days.${day}`}
          label={formatDate(new Date(Date.UTC(2024, 0, 1 + day)), { weekday: 'long', timeZone: 'UTC' })}
        />
      ))}
      <Typography variant="pi" textColor="neutral600">
        {text('levels.daysHint')}
      </Typography>
    </Flex>
  );
}

function Day({ name, label }: { name: string; label: string }) {
  const { value = '', onChange } = useField<string>(name);
  const error = useFieldError(name);
  return (
    <Field.Root name={name} error={error}>
      <Field.Label>{label}</Field.Label>
      <TextInput size="S" autoComplete="off" placeholder="—" value={value} onChange={onChange} />
      <Field.Error />
    </Field.Root>
  );
}

function Holidays() {
  const text = useText();
  const { value = '', onChange } = useField<string>('hours.holidays');
  const error = useFieldError('hours.holidays');
  return (
    <Field.Root name="hours.holidays" error={error} hint={text('levels.holidaysHint')}>
      <Field.Label>{text('levels.holidays')}</Field.Label>
      <Textarea rows={8} value={value} onChange={onChange} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
