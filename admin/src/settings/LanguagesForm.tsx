import { LANGUAGES } from '../../../shared/vocabulary';
import * as React from 'react';
import { Field, Grid, TextInput } from '@strapi/design-system';
import { Page, useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useText } from '../shared/hooks/useText';
import { useSettingsForm } from './useSettingsForm';

type Values = Pick<Settings, 'emailLanguage' | 'emailTimeZone'>;

/** How the plugin speaks to customers. What it says to administrators follows their profiles. */
export function LanguagesForm() {
  const text = useText();
  const { locale } = useIntl();
  const { settings, error, submit } = useSettingsForm<Values>(text('additional.languages'));
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;

  const nameOf = new Intl.DisplayNames([locale], { type: 'language' });
  const { emailLanguage, emailTimeZone } = settings;
  return (
    <SaveForm<Values> initialValues={{ emailLanguage, emailTimeZone }} onSave={submit}>
      {({ values }) => (
        <SavePanel title={text('additional.languages')} hint={text('additional.languagesHint')}>
          <Grid.Root gap={5}>
            <Cell>
              <Choice
                name="emailLanguage"
                label={text('additional.emailLanguage')}
                hint={text('additional.emailLanguageHint')}
                options={LANGUAGES.map((language) => ({ value: language, label: nameOf.of(language) ?? language }))}
              />
            </Cell>
            <Cell>
              <TimeZone language={values.emailLanguage} />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}

/** One of the names that the calendar knows, which are offered while typing; with the time there as a check. */
function TimeZone({ language }: { language: string }) {
  const text = useText();
  const listId = React.useId();
  const { value = '', onChange, error } = useField<string>('emailTimeZone');
  const now = timeIn(value, language);
  return (
    <Field.Root
      name="emailTimeZone"
      error={error}
      hint={now ? text('additional.emailTimeZoneHint', { now }) : text('additional.emailTimeZoneUnknown')}
      required
    >
      <Field.Label>{text('additional.emailTimeZone')}</Field.Label>
      <TextInput list={listId} autoComplete="off" placeholder="Europe/Helsinki" value={value} onChange={onChange} />
      <datalist id={listId}>
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/** What the clocks there show; null when there is no such place. */
function timeIn(timeZone: string, language: string): string | null {
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date());
  } catch {
    return null;
  }
}
