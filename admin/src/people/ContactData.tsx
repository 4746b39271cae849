import * as React from 'react';
import { Button, Checkbox, Flex, Typography } from '@strapi/design-system';
import { Download, Trash } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import type { ContactRow } from '../api/people';
import { Panel } from '../shared/components/Panel';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { saveAs } from '../shared/utils/attachmentBytes';
import { EraseDialog } from './EraseDialog';
import { fetchExport } from './fetchExport';

/** What the law gives a contact a right to: all their data in an archive, or deleted. */
export function ContactData({ contact, onErased }: { contact: ContactRow; onErased(): void }) {
  const text = useText();
  const { get } = useFetchClient();
  const { failure } = useFeedback();
  const [withNotes, setWithNotes] = React.useState(false);
  const [isExporting, setIsExporting] = React.useState(false);
  const [asks, setAsks] = React.useState(false);

  const download = async () => {
    setIsExporting(true);
    try {
      saveAs(await fetchExport(get, contact.documentId, withNotes), `contact-${contact.documentId}.zip`);
    } catch (error) {
      failure(error);
    } finally {
      setIsExporting(false);
    }
  };

  return (
    <Panel title={text('data.title')} hint={text('data.hint')}>
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Checkbox checked={withNotes} onCheckedChange={(checked: boolean) => setWithNotes(checked)}>
          {text('data.withNotes')}
        </Checkbox>
        {withNotes && (
          <Typography variant="pi" textColor="neutral600">
            {text('data.withNotesHint')}
          </Typography>
        )}
      </Flex>
      <Flex gap={3} wrap="wrap">
        <Button variant="secondary" startIcon={<Download />} loading={isExporting} onClick={download}>
          {text('data.export')}
        </Button>
        <Button variant="danger-light" startIcon={<Trash />} onClick={() => setAsks(true)}>
          {text('data.delete')}
        </Button>
      </Flex>
      {asks && <EraseDialog contact={contact} onClose={() => setAsks(false)} onErased={onErased} />}
    </Panel>
  );
}
