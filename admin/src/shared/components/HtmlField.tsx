import * as React from 'react';
import { Flex, Loader, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { EmailTemplate } from '../../outgoing/api/emailTemplates';
import { useText } from '../hooks/useText';

/** Apart, because it weighs more than all the rest. */
const HtmlEditor = React.lazy(() => import('./HtmlEditor').then((module) => ({ default: module.HtmlEditor })));

/** The text of an email, as the field `body` of a form. */
export function HtmlField({ tags }: { tags: EmailTemplate['tags'] }) {
  const text = useText();
  const { value = '', onChange, error } = useField<string>('body');
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800" tag="p">
        {text('template.body')}
      </Typography>
      <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
        <HtmlEditor label={text('template.body')} value={value} onChange={(html) => onChange('body', html)} tags={tags} />
      </React.Suspense>
      {error && <Typography textColor="danger600">{error}</Typography>}
    </Flex>
  );
}
