import * as React from 'react';
import { useForm } from '@strapi/strapi/admin';

/** Within a form: what is said about a field goes as soon as the field is changed. */
export function FreshErrors() {
  const values = useForm('FreshErrors', (form) => form.values) as Record<string, unknown>;
  const errors = useForm('FreshErrors', (form) => form.errors) as Record<string, unknown>;
  const setErrors = useForm('FreshErrors', (form) => form.setErrors);
  const before = React.useRef(values);
  const place = React.useRef<HTMLSpanElement>(null);
  React.useLayoutEffect(() => {
    const was = before.current;
    before.current = values;
    const settled = Object.keys(errors).filter((name) => values[name] !== was[name]);
    if (settled.length === 0) return;
    // Strapi's form moves the focus to the first field with such a mark whenever its errors change, out of the one that is typed into.
    for (const mark of place.current?.closest('form')?.querySelectorAll('[data-strapi-field-error]') ?? [])
      mark.removeAttribute('data-strapi-field-error');
    setErrors(Object.fromEntries(Object.entries(errors).filter(([name]) => !settled.includes(name))));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- New errors are not old ones: only a change of the values settles them.
  }, [values]);
  return <span ref={place} hidden />;
}
