import { LANGUAGES } from '../../../shared/vocabulary';
import { Field, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { useText } from '../shared/hooks/useText';
import { TimeZoneField } from './TimeZoneField';
import { SettingsPanel } from './SettingsPanel';

/** How the plugin speaks to customers. What it says to administrators follows their profiles. */
export function LanguagesForm() {
  const text = useText();
  const { locale } = useIntl();
  const nameOf = new Intl.DisplayNames([locale], { type: 'language' });
  const options = LANGUAGES.map((language) => ({ value: language, label: nameOf.of(language) ?? language }));
  return (
    <SettingsPanel
      title="additional.languages"
      hint="additional.languagesHint"
      names={['emailLanguage', 'emailLanguages', 'emailTimeZone']}
    >
      {(values) => (
        <>
          <Cell>
            <Choice
              name="emailLanguage"
              label={text('additional.emailLanguage')}
              hint={text('additional.emailLanguageHint')}
              options={options}
            />
          </Cell>
          <Cell>
            <OtherLanguages options={options.filter(({ value }) => value !== values.emailLanguage)} />
          </Cell>
          <Cell>
            <TimeZoneField name="emailTimeZone" label={text('additional.emailTimeZone')} language={values.emailLanguage} />
          </Cell>
        </>
      )}
    </SettingsPanel>
  );
}

/** Languages in which the plugin writes to customers who write in them. */
function OtherLanguages({ options }: { options: { value: string; label: string }[] }) {
  const text = useText();
  const { value = [], onChange, error } = useField<string[]>('emailLanguages');
  const shown = options.filter((option) => value.includes(option.value)).map((option) => option.value);
  return (
    <Field.Root name="emailLanguages" error={error} hint={text('additional.emailLanguagesHint')}>
      <Field.Label>{text('additional.emailLanguages')}</Field.Label>
      <MultiSelect
        value={shown}
        // Tags in the field would have buttons without a name.
        customizeContent={(chosen = []) => chosen.map((one) => options.find(({ value: name }) => name === one)?.label ?? one).join(', ')}
        onChange={(chosen: string[]) => onChange('emailLanguages', chosen)}
      >
        {options.map((option) => (
          <MultiSelectOption key={option.value} value={option.value}>
            {option.label}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
