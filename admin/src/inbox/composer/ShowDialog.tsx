import * as React from 'react';
import { Box, Button, Checkbox, Flex, Typography } from '@strapi/design-system';
import { useCopyFilesMutation } from '../../api/answering';
import type { Address, Attachment, Comment } from '../../api/tickets';
import { FileSize } from '../conversation/AttachmentList';
import { authorOf, PlainText } from '../conversation/MessageCard';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { Notice } from '../../shared/components/Notice';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { describeAddress } from './addresses';
import { filesOf, Ticks } from './ForwardFields';
import { textToHtml } from './html';

interface ShowDialogProps {
  /** Of people outside. */
  comment: Comment;
  /** Who gets the answer. */
  readers: Address[];
  /** Something is written already. */
  isBegun: boolean;
  onShow(shown: { html: string; attachments: Attachment[] }): void;
  onClose(): void;
}

/** Before what people outside wrote becomes an answer: who reads it, and what of it. */
export function ShowDialog({ comment, readers, isBegun, onShow, onClose }: ShowDialogProps) {
  const text = useText();
  const { failure } = useFeedback();
  const [copy, { isLoading }] = useCopyFilesMutation();
  const [withAuthor, setWithAuthor] = React.useState(false);
  const [withQuoted, setWithQuoted] = React.useState(false);
  const { attachments, authorAddress, visibleText } = comment;
  // The whole of a text that is too long holds what it quotes as well.
  const [files, setFiles] = React.useState(() => filesOf(comment).filter(({ wholeOf }) => !wholeOf));
  const author = authorOf(comment) || text('inbox.unknownAuthor');
  const whole = (comment.text ?? '').trim();
  const own = visibleText?.trim() || whole;
  const full = authorAddress && authorAddress !== author ? describeAddress({ name: author, address: authorAddress }) : author;
  const shown = [...(withAuthor ? [`${full}:`] : []), withQuoted ? whole : own].filter(Boolean).join('\n\n');

  const submit = async () => {
    const answer =
      files.length === 0 ? { data: [] } : await copy({ comment: comment.documentId, files: files.map(({ documentId }) => documentId) });
    if ('error' in answer) return failure(answer.error!);
    onShow({ html: shown ? textToHtml(shown) : '', attachments: answer.data });
  };

  return (
    <ModalDialog
      title={text('show.action')}
      onClose={onClose}
      actions={
        <Button disabled={!shown && files.length === 0} loading={isLoading} onClick={() => void submit()}>
          {text('show.confirm')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral800">{text('show.hint')}</Typography>
        <Part label={text('show.readers')}>
          {readers.length === 0 && <Typography textColor="neutral800">{text('show.nobody')}</Typography>}
          {readers.map((reader) => (
            <Typography key={reader.address} textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
              <bdi>{describeAddress(reader)}</bdi>
            </Typography>
          ))}
        </Part>
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Checkbox checked={withAuthor} onCheckedChange={(isChosen: boolean) => setWithAuthor(isChosen)}>
            {text('show.withAuthor', { author })}
          </Checkbox>
          {own !== whole && (
            <Checkbox checked={withQuoted} onCheckedChange={(isChosen: boolean) => setWithQuoted(isChosen)}>
              {text('show.withQuoted')}
            </Checkbox>
          )}
        </Flex>
        <Part label={text('show.text')}>
          <Box padding={3} background="neutral100" borderColor="neutral200" hasRadius maxHeight="24rem" overflow="auto" tabIndex={0}>
            <PlainText>{shown || text('show.noText')}</PlainText>
          </Box>
          {isBegun && (
            <Typography variant="pi" textColor="neutral700">
              {text('show.after')}
            </Typography>
          )}
        </Part>
        {authorAddress && shown.toLowerCase().includes(authorAddress.toLowerCase()) && (
          <Notice variant="warning">{text('show.addressInText', { address: authorAddress })}</Notice>
        )}
        {attachments.length > 0 && (
          <Ticks label={text('show.files')}>
            {attachments.map((file) => (
              <Checkbox
                key={file.documentId}
                checked={files.includes(file)}
                onCheckedChange={(isChosen: boolean) => setFiles(isChosen ? [...files, file] : files.filter((other) => other !== file))}
              >
                <bdi>{file.name}</bdi> <FileSize bytes={file.size} />
              </Checkbox>
            ))}
          </Ticks>
        )}
      </Flex>
    </ModalDialog>
  );
}

const Part = ({ label, children }: React.PropsWithChildren<{ label: string }>) => (
  <Flex direction="column" alignItems="stretch" gap={1} role="group" aria-label={label}>
    <Typography variant="pi" fontWeight="bold" textColor="neutral800">
      {label}
    </Typography>
    {children}
  </Flex>
);
