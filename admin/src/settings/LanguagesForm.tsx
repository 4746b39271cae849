import { LANGUAGES } from '../../../shared/vocabulary';
import { Grid } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Settings } from './api/settings';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useText } from '../shared/hooks/useText';
import { TimeZoneField } from './TimeZoneField';
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
              <TimeZoneField name="emailTimeZone" label={text('additional.emailTimeZone')} language={values.emailLanguage} />
            </Cell>
          </Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
