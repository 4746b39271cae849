import * as React from 'react';
import { Flex, Loader, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { EmailTemplate } from '../../outgoing/api/emailTemplates';
import { useText } from '../hooks/useText';

/** Apart, because it weighs more than all the rest. */
const HtmlEditor = React.lazy(() => import('./HtmlEditor').then((module) => ({ default: module.HtmlEditor })));

/** The text of an email, as a field of a form. */
export function HtmlField({ tags, name = 'body' }: { tags: EmailTemplate['tags']; name?: string }) {
  const text = useText();
  const { value = '', onChange, error } = useField<string>(name);
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800" tag="p">
        {text('template.body')}
      </Typography>
      <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
        <HtmlEditor label={text('template.body')} value={value} onChange={(html) => onChange(name, html)} tags={tags} />
      </React.Suspense>
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}
