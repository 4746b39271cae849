import * as React from 'react';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { useSave } from '../hooks/useSave';
import { useText, type TextKey } from '../hooks/useText';
import { FormPage } from './FormPage';

interface NamedRecord {
  documentId: string;
  name: string;
}

interface RecordFormPageProps<R extends NamedRecord, V extends object> {
  /** The answer of the server with all of them. */
  list: { data?: R[]; error?: unknown };
  /** The documentId of the one that is changed; null: a new one. */
  id: string | null;
  /** The title of a new one. */
  add: TextKey;
  subtitle: TextKey;
  /** What the form holds of a record, or of a new one. */
  valuesOf(record: R | undefined): V;
  /** Sends the request that saves it. */
  save(values: V): PromiseLike<{ data: R; error?: undefined } | { data?: undefined; error: unknown }>;
  /** What else is done with one that is there. */
  secondaryAction?(record: R): React.ReactNode;
  children(form: { record: R | undefined; values: V; disabled: boolean }): React.ReactNode;
}

/** One of the records of a `RecordListPage`, or a new one. Saved, it leads back to the list. */
export function RecordFormPage<R extends NamedRecord, V extends object>({
  list,
  id,
  add,
  subtitle,
  valuesOf,
  save,
  secondaryAction,
  children,
}: RecordFormPageProps<R, V>) {
  const text = useText();
  const navigate = useNavigate();
  const saveForm = useSave();
  const record = list.data?.find(({ documentId }) => documentId === id);
  if (list.error || (list.data && id !== null && !record)) return <Page.Error />;
  if (!list.data) return <Page.Loading />;

  const submit = async (values: V, helpers: FormHelpers<V>) => {
    const saved = await saveForm(save(values), helpers, (answer) => ({
      values: valuesOf(answer),
      message: text('common.saved', { name: answer.name }),
    }));
    if (saved) navigate('..');
  };

  return (
    <FormPage<V>
      title={record?.name ?? text(add)}
      subtitle={text(subtitle)}
      back=".."
      isNew={id === null}
      initialValues={valuesOf(record)}
      secondaryAction={record && secondaryAction?.(record)}
      onSave={submit}
    >
      {(form) => children({ ...form, record })}
    </FormPage>
  );
}
