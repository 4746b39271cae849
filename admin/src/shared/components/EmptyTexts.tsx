import * as React from 'react';
import { useForm } from '@strapi/strapi/admin';

/**
 * Within a form: Strapi's makes null of a text that somebody empties, and the server takes null for no text at all. What began as a text is
 * an empty one.
 */
export function EmptyTexts() {
  const values = useForm('EmptyTexts', (form) => form.values) as object;
  const initialValues = useForm('EmptyTexts', (form) => form.initialValues) as object;
  const onChange = useForm('EmptyTexts', (form) => form.onChange);
  React.useLayoutEffect(() => {
    for (const path of emptied(values, initialValues)) onChange(path, '');
  }, [values, initialValues, onChange]);
  return null;
}

/** The paths of fields that began as a text and are null. */
const emptied = (values: object, initial: object, path = ''): string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const was = (initial as Record<string, unknown>)[name];
    if (value === null) return typeof was === 'string' ? [path + name] : [];
    return isObject(value) && isObject(was) ? emptied(value, was, `${path}${name}.`) : [];
  });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
