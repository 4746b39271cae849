import { Flex, IconButton, Loader, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Attachment } from '../../api/tickets';
import { FileChip } from './FileChip';
import { useText } from '../hooks/useText';
import type { PendingUpload } from './useUploads';

interface UploadListProps {
  attachments: Attachment[];
  pending: PendingUpload[];
  onRemove(attachment: Attachment): void;
}

/** The files that go with the answer, and those on their way to the server. */
export function UploadList({ attachments, pending, onRemove }: UploadListProps) {
  const text = useText();
  const { formatNumber } = useIntl();
  if (attachments.length + pending.length === 0) return null;
  const size = (bytes: number) =>
    bytes < 1_000_000
      ? formatNumber(Math.max(0.1, bytes / 1000), { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 })
      : formatNumber(bytes / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <Flex tag="ul" aria-label={text('compose.files')} gap={2} wrap="wrap">
      {attachments.map((attachment) => (
        <FileChip key={attachment.documentId} name={attachment.name}>
          <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
            {size(attachment.size)}
          </Typography>
          <IconButton
            type="button"
            variant="ghost"
            label={text('compose.remove', { name: attachment.name })}
            onClick={() => onRemove(attachment)}
          >
            <Cross />
          </IconButton>
        </FileChip>
      ))}
      {pending.map(({ id, name }) => (
        <Flex
          key={id}
          tag="li"
          gap={2}
          paddingLeft={3}
          paddingRight={3}
          background="neutral0"
          borderColor="neutral200"
          hasRadius
          maxWidth="100%"
        >
          <Loader small>{text('compose.uploading', { name })}</Loader>
          <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="24rem">
            {name}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}
