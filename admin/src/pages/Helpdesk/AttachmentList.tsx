import * as React from 'react';
import { Box, Flex, IconButton, Modal, Typography } from '@strapi/design-system';
import { Download, Eye, Paperclip } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Attachment } from '../../api/tickets';
import { useFeedback } from '../../utils/useFeedback';
import { useText } from '../../utils/useText';
import { fetchAttachment, saveAs } from './attachmentBytes';

/** Pictures that can hold no code. An SVG can. */
export const RASTER_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'];

export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  const text = useText();
  const { failure } = useFeedback();
  const { get } = useFetchClient();
  const [preview, setPreview] = React.useState<{ name: string; url: string } | null>(null);
  const withBytes = (handle: (bytes: Blob, attachment: Attachment) => void) => async (attachment: Attachment) => {
    try {
      handle(await fetchAttachment(get, attachment), attachment);
    } catch (error) {
      failure(error as never);
    }
  };
  const download = withBytes((bytes, { name }) => saveAs(bytes, name));
  const show = withBytes((bytes, { name }) => setPreview({ name, url: URL.createObjectURL(bytes) }));
  const close = () => {
    if (preview) URL.revokeObjectURL(preview.url);
    setPreview(null);
  };
  return (
    <>
      <Flex tag="ul" aria-label={text('inbox.attachments')} gap={2} wrap="wrap">
        {attachments.map((attachment) => (
          <Flex key={attachment.documentId} tag="li" gap={1} paddingLeft={3} background="neutral0" borderColor="neutral200" hasRadius maxWidth="100%">
            <Paperclip aria-hidden width="1.2rem" height="1.2rem" />
            <Typography variant="pi" textColor="neutral800" ellipsis maxWidth="24rem">
              {attachment.name}
            </Typography>
            <Size bytes={attachment.size} />
            {RASTER_TYPES.includes(attachment.mime) && (
              <IconButton variant="ghost" label={text('inbox.preview', { name: attachment.name })} onClick={() => show(attachment)}>
                <Eye />
              </IconButton>
            )}
            <IconButton variant="ghost" label={text('inbox.download', { name: attachment.name })} onClick={() => download(attachment)}>
              <Download />
            </IconButton>
          </Flex>
        ))}
      </Flex>
      {preview && (
        <Modal.Root open onOpenChange={(open: boolean) => !open && close()}>
          <Modal.Content>
            <Modal.Header>
              <Modal.Title>{preview.name}</Modal.Title>
            </Modal.Header>
            <Modal.Body>
              <Box tag="img" src={preview.url} alt={preview.name} maxWidth="100%" />
            </Modal.Body>
          </Modal.Content>
        </Modal.Root>
      )}
    </>
  );
}

function Size({ bytes }: { bytes: number }) {
  const { formatNumber } = useIntl();
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return (
    <Typography variant="pi" textColor="neutral600">
      {formatNumber(value, { style: 'unit', unit, maximumFractionDigits: 1 })}
    </Typography>
  );
}
