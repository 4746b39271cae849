import * as React from 'react';
import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight, Download, Eye } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Attachment } from '../../api/tickets';
import { FileChip } from '../../shared/helpdesk/FileChip';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { AttachmentPreview, canPreview, isPdf, openPdfTab } from './AttachmentPreview';
import { fetchAttachment, saveAs } from '../../shared/utils/attachmentBytes';

/** The files of a message. Pictures that were here before, as the logo in a signature, are one click away. */
export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  const text = useText();
  const [showsAll, setShowsAll] = React.useState(false);
  const repeated = attachments.filter((attachment) => attachment.repeated);
  const shown = showsAll ? attachments : attachments.filter((attachment) => !attachment.repeated);
  return (
    <>
      {shown.length > 0 && <Files attachments={shown} />}
      {repeated.length > 0 && (
        <Box>
          <Button
            variant="ghost"
            size="S"
            startIcon={showsAll ? <ChevronDown /> : <ChevronRight />}
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {text('inbox.repeatedPictures', { count: repeated.length })}
          </Button>
        </Box>
      )}
    </>
  );
}

function Files({ attachments }: { attachments: Attachment[] }) {
  const text = useText();
  const { failure } = useFeedback();
  const { get } = useFetchClient();
  const [preview, setPreview] = React.useState<{ attachment: Attachment; bytes: Blob } | null>(null);
  const fetchBytes = async (attachment: Attachment): Promise<Blob | null> => {
    try {
      return await fetchAttachment(get, attachment);
    } catch (error) {
      failure(error);
      return null;
    }
  };
  const download = async (attachment: Attachment) => {
    const bytes = await fetchBytes(attachment);
    if (bytes) saveAs(bytes, attachment.name);
  };
  const show = async (attachment: Attachment) => {
    const showPdf = isPdf(attachment) ? openPdfTab() : null;
    const bytes = await fetchBytes(attachment);
    if (showPdf) showPdf(bytes);
    else if (bytes) setPreview({ attachment, bytes });
  };
  return (
    <>
      <Flex tag="ul" aria-label={text('inbox.attachments')} gap={2} wrap="wrap">
        {attachments.map((attachment) => (
          <FileChip key={attachment.documentId} name={attachment.name}>
            <FileSize bytes={attachment.size} />
            {canPreview(attachment) && (
              <IconButton variant="ghost" label={text('inbox.preview', { name: attachment.name })} onClick={() => show(attachment)}>
                <Eye />
              </IconButton>
            )}
            <IconButton variant="ghost" label={text('inbox.download', { name: attachment.name })} onClick={() => download(attachment)}>
              <Download />
            </IconButton>
          </FileChip>
        ))}
      </Flex>
      {preview && <AttachmentPreview {...preview} onClose={() => setPreview(null)} />}
    </>
  );
}

export function FileSize({ bytes }: { bytes: number }) {
  const { formatNumber } = useIntl();
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return (
    <Typography variant="pi" textColor="neutral600">
      {formatNumber(value, { style: 'unit', unit, maximumFractionDigits: 1 })}
    </Typography>
  );
}
