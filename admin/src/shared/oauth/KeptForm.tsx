import { useForm } from '@strapi/strapi/admin';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';
import type { FormValues } from './keptForm';
import { useComeBack } from './useComeBack';

/** Within a form that was left for a sign-in: fills in what it held, and selects the account that was connected. */
export function KeptForm() {
  const text = useText();
  const { success } = useFeedback();
  const current = useForm('KeptForm', (form) => form.values) as FormValues;
  const setValues = useForm('KeptForm', (form) => form.setValues);
  useComeBack(({ authorization, values }) => {
    // Without what it held nobody knows what the account was meant for: then it only stands in the list.
    if (values) setValues({ ...current, ...values, ...(authorization ? { authorization } : {}) });
    if (authorization) success(text(values ? 'oauth.connectedAndSelected' : 'oauth.connected'));
  });
  return null;
}
