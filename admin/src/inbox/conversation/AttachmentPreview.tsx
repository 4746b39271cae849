import * as React from 'react';
import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Attachment } from '../../api/tickets';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useText } from '../../shared/hooks/useText';

/** Pictures that can hold no code. An SVG can. */
export const RASTER_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'];
const TEXT_TYPES = ['text/plain', 'text/csv', 'text/markdown', 'application/json'];
const PDF = 'application/pdf';

export const canPreview = ({ mime }: Attachment): boolean => [...RASTER_TYPES, ...TEXT_TYPES, PDF].includes(mime);

/** More of a text is a download. */
const MAX_TEXT_BYTES = 100_000;

/**
 * Shows what a browser can show without running anything of it: pictures without code, and texts as text.
 */
export function AttachmentPreview({ attachment, bytes, onClose }: { attachment: Attachment; bytes: Blob; onClose(): void }) {
  const text = useText();
  return (
    <ModalDialog title={attachment.name} onClose={onClose} wayOut="none">
      {RASTER_TYPES.includes(attachment.mime) ? <Picture bytes={bytes} name={attachment.name} /> : <PlainText bytes={bytes} />}
      {!RASTER_TYPES.includes(attachment.mime) && bytes.size > MAX_TEXT_BYTES && (
        <Typography variant="pi" textColor="neutral600">
          {text('mail.textCut')}
        </Typography>
      )}
    </ModalDialog>
  );
}

function Picture({ bytes, name }: { bytes: Blob; name: string }) {
  const url = React.useMemo(() => URL.createObjectURL(bytes), [bytes]);
  React.useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <Box tag="img" src={url} alt={name} maxWidth="100%" />;
}

function PlainText({ bytes }: { bytes: Blob }) {
  const [words, setWords] = React.useState('');
  React.useEffect(() => {
    let isGone = false;
    void bytes
      .slice(0, MAX_TEXT_BYTES)
      .text()
      .then((content) => !isGone && setWords(content));
    return () => {
      isGone = true;
    };
  }, [bytes]);
  return <Pre tabIndex={0}>{words}</Pre>;
}

export const isPdf = ({ mime }: Attachment): boolean => mime === PDF;

/**
 * The browser's own viewer in a tab of its own for a PDF that is still on its way; whatever is in it, it is shown as a PDF. To be called in the
 * click, or the tab is taken for a pop-up. null: the PDF does not come.
 */
export function openPdfTab(): (bytes: Blob | null) => void {
  const tab = window.open('about:blank');
  if (tab) tab.opener = null;
  return (bytes) => {
    if (!bytes) return tab?.close();
    const url = URL.createObjectURL(new Blob([bytes], { type: PDF }));
    tab?.location.replace(url);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
}

const Pre = styled.pre`
  max-height: 60vh;
  overflow: auto;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.3rem;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;
