import type { FormHelpers } from '@strapi/strapi/admin';
import { useSettingsQuery, useUpdateSettingsMutation, type Settings } from './api/settings';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';

/** The settings, and how a form saves those that it shows. `title` names the form in the notice that it is saved. */
export function useSettingsForm<Values extends Partial<Settings>>(title: string) {
  const text = useText();
  const save = useSave();
  const { data: settings, error } = useSettingsQuery();
  const [update] = useUpdateSettingsMutation();
  const submit = (values: Values, helpers: FormHelpers<Values>) =>
    save(update(values), helpers, () => ({ values, message: text('common.saved', { name: title }) }));
  return { settings, error, submit };
}
