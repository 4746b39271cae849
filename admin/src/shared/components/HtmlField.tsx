import * as React from 'react';
import { Flex, Loader, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { EmailTemplate } from '../../api/emailTemplates';
import { useText } from '../hooks/useText';

/** Apart, because it weighs more than all the rest. */
const HtmlEditor = React.lazy(() => import('./HtmlEditor').then((module) => ({ default: module.HtmlEditor })));

interface HtmlFieldProps {
  name?: string;
  /** "Text", where nothing is said. */
  label?: string;
  hint?: string;
  tags?: EmailTemplate['tags'];
  disabled?: boolean;
}

/** Formatted text, such as that of an email, as a field of a form. */
export function HtmlField({ name = 'body', label, hint, tags, disabled }: HtmlFieldProps) {
  const text = useText();
  const { value, onChange, error } = useField<string | null>(name);
  const words = label ?? text('template.body');
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800" tag="p">
        {words}
      </Typography>
      <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
        <HtmlEditor label={words} value={value ?? ''} onChange={(html) => onChange(name, html)} tags={tags} disabled={disabled} />
      </React.Suspense>
      {hint && (
        <Typography variant="pi" textColor="neutral600">
          {hint}
        </Typography>
      )}
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}
