import * as React from 'react';
import { Box, ComboboxOption, Field, Flex, Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import type { Language } from '../../../../shared/vocabulary';
import { usePreviewTemplateMutation } from '../../api/emailTemplates';
import { useTicketsQuery } from '../../api/tickets';
import { MailFrame } from './MailFrame';
import { Notice } from '../../shared/components/Notice';
import { Panel } from '../../shared/components/Panel';
import { SearchSelect } from '../../shared/components/SearchSelect';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

/** How long nobody types before the email is made again. */
const QUIET_MS = 500;

interface TemplatePreviewProps {
  templateKey: string;
  subject: string;
  body: string;
  language: Language;
}

/** The email as a customer would get it, while it is written: on a real ticket, the newest one unless another is chosen. */
export function TemplatePreview({ templateKey, subject, body, language }: TemplatePreviewProps) {
  const text = useText();
  const { describeError } = useFeedback();
  const { canReadTickets } = useAllowed();
  const [ticket, setTicket] = React.useState<string | undefined>();
  const [preview, { data: email, error }] = usePreviewTemplateMutation();
  const quietSubject = useDebounce(subject, QUIET_MS);
  const quietBody = useDebounce(body, QUIET_MS);
  React.useEffect(() => {
    if (quietSubject.trim() && quietBody.trim())
      void preview({ key: templateKey, subject: quietSubject, body: quietBody, ticket, language });
  }, [preview, templateKey, quietSubject, quietBody, ticket, language]);

  return (
    <Panel title={text('template.preview')} hint={text('template.previewHint')}>
      {canReadTickets && <TicketPicker value={ticket} onChange={setTicket} />}
      {error && <Notice variant="info">{describeError(error)}</Notice>}
      {email && !error && (
        <Flex direction="column" alignItems="stretch" gap={3}>
          {(email.unknownTags ?? []).length > 0 && (
            <Notice variant="warning">{text('template.unknownTags', { tags: email.unknownTags!.join(', ') })}</Notice>
          )}
          <Typography>
            <strong>{text('template.to')}</strong> {email.to.map(({ address }) => address).join(', ') || '—'}
          </Typography>
          <Typography>
            <strong>{text('template.subject')}</strong> {email.subject}
          </Typography>
          <Box borderColor="neutral200" hasRadius overflow="hidden">
            <MailFrame html={email.html} title={text('template.preview')} />
          </Box>
        </Flex>
      )}
    </Panel>
  );
}

function TicketPicker({ value, onChange }: { value: string | undefined; onChange(ticket: string | undefined): void }) {
  const text = useText();
  const [search, setSearch] = React.useState('');
  const { data } = useTicketsQuery({ pageSize: 20, search });
  return (
    <Box maxWidth="48rem">
      <Field.Root name="previewTicket">
        <Field.Label>{text('log.ticket')}</Field.Label>
        <SearchSelect
          value={value ?? ''}
          placeholder={text('template.newestTicket')}
          onChange={(ticket?: string) => onChange(ticket || undefined)}
          onClear={() => onChange(undefined)}
          onSearch={setSearch}
        >
          {(data?.data ?? []).map(({ documentId, ticketNumber, title }) => (
            <ComboboxOption key={documentId} value={documentId}>
              {`${ticketNumber} · ${title}`}
            </ComboboxOption>
          ))}
        </SearchSelect>
      </Field.Root>
    </Box>
  );
}
