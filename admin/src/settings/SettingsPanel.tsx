import * as React from 'react';
import { Grid } from '@strapi/design-system';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { SaveForm, SavePanel } from '../shared/components/SaveForm';
import { useSave } from '../shared/hooks/useSave';
import { useText, type TextKey } from '../shared/hooks/useText';
import { useSettingsQuery, useUpdateSettingsMutation, type Settings } from '../api/settings';

interface SettingsPanelProps<K extends keyof Settings> {
  title: TextKey;
  hint?: TextKey;
  /** Those that it shows. No other is saved: a colleague, or the panel beside it, may have changed them meanwhile. */
  names: readonly K[];
  /** A cell for each. */
  children(values: Pick<Settings, K>): React.ReactNode;
}

/** Some of the settings, with a button of their own. */
export function SettingsPanel<K extends keyof Settings>({ title, hint, names, children }: SettingsPanelProps<K>) {
  type Values = Pick<Settings, K>;
  const text = useText();
  const save = useSave();
  const { data: settings, error } = useSettingsQuery();
  const [update] = useUpdateSettingsMutation();
  if (error) return <Page.Error />;
  if (!settings) return <Page.Loading />;
  const submit = (values: Values, helpers: FormHelpers<Values>) =>
    save(update(values), helpers, () => ({ values, message: text('common.saved', { name: text(title) }) }));
  return (
    <SaveForm<Values> initialValues={Object.fromEntries(names.map((name) => [name, settings[name]])) as Values} onSave={submit}>
      {({ values }) => (
        <SavePanel title={text(title)} hint={hint && text(hint)}>
          <Grid.Root gap={5}>{children(values)}</Grid.Root>
        </SavePanel>
      )}
    </SaveForm>
  );
}
