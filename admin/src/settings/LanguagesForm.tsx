import * as React from 'react';
import { Button, Field, Flex, Grid, TextInput } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, Page, useField, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from '../shared/components/FreshErrors';
import { useIntl } from 'react-intl';
import { EMAIL_LANGUAGES, useSettingsQuery, useUpdateSettingsMutation, type Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { Panel } from '../shared/components/Panel';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

type Values = Pick<Settings, 'emailLanguage' | 'emailTimeZone'>;

/** How the plugin speaks to customers. What it says to administrators follows their profiles. */
export function LanguagesForm() {
  const text = useText();
  const save = useSave();
  const { locale } = useIntl();
  const { data: settings, error } = useSettingsQuery();
  const [update] = useUpdateSettingsMutation();
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;

  const nameOf = new Intl.DisplayNames([locale], { type: 'language' });
  const submit = async (values: Values, helpers: FormHelpers<Values>) => {
    await save(update(values), helpers, { values, message: text('common.saved', { name: text('additional.languages') }) });
  };
  const { emailLanguage, emailTimeZone } = settings;
  return (
    <Form<Values> method="PUT" initialValues={{ emailLanguage, emailTimeZone }} onSubmit={submit}>
      {({ modified, isSubmitting, values }) => (
        <Panel title={text('additional.languages')} hint={text('additional.languagesHint')}>
          <FreshErrors />
          <Grid.Root gap={5}>
            <Cell>
              <Choice
                name="emailLanguage"
                label={text('additional.emailLanguage')}
                hint={text('additional.emailLanguageHint')}
                options={EMAIL_LANGUAGES.map((language) => ({ value: language, label: nameOf.of(language) ?? language }))}
              />
            </Cell>
            <Cell>
              <TimeZone language={values.emailLanguage} />
            </Cell>
          </Grid.Root>
          <Flex>
            <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting}>
              {text('common.save')}
            </Button>
          </Flex>
          <Blocker />
        </Panel>
      )}
    </Form>
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
