import * as React from 'react';
import { Flex, Loader, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { AttachButton, DropZone } from '../../shared/helpdesk/FileInputs';
import { UploadList } from '../../shared/helpdesk/UploadList';
import { Notice } from '../../shared/components/Notice';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { describeAddress } from './addresses';
import { CannedReplyMenu } from './CannedReplyMenu';
import { People } from './Recipients';
import { SignatureButton } from './SignatureButton';
import type { NewTicketState } from './useNewTicket';
import { useReplies } from './useReplies';
import { WritingBox } from './WritingBox';

/** Apart, because it weighs more than all the rest. */
const AnswerEditor = React.lazy(() => import('./AnswerEditor').then((module) => ({ default: module.AnswerEditor })));

/** The first message of a ticket that begins with us, or an internal note. */
export function FirstMessage({ form }: { form: NewTicketState }) {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const { ticket, change, isPublic, files, attachments, editor, replies } = form;
  const { afterReply, insertReply } = useReplies(editor, files.addOfReply);
  return (
    <DropZone onFiles={files.add}>
      <WritingBox
        aria-label={text('newTicket.message')}
        isPublic={isPublic}
        canReply={canReplyToTickets}
        publicLabel={text('newTicket.toCustomer')}
        onKind={(wantsPublic) => change({ wantsPublic })}
        gap={3}
      >
        <Typography textColor="neutral800">{text(isPublic ? 'newTicket.messageHint' : 'inbox.noteHint')}</Typography>
        {isPublic && <Envelope form={form} />}
        <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
          <AnswerEditor
            ref={editor}
            label={text('newTicket.message')}
            placeholder={text(isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
            html={ticket.html}
            focusFirst={false}
            onChange={(html) => change({ html })}
            replies={replies}
            onReply={afterReply}
            onPastedFiles={files.addPasted}
            loadPicture={files.loadPicture}
            onSend={() => form.canSubmit && void form.submit()}
          >
            <Flex gap={2} wrap="wrap">
              <CannedReplyMenu replies={replies} onPick={insertReply} />
              <AttachButton onFiles={files.add} />
              {canReplyToTickets && <SignatureButton />}
            </Flex>
          </AnswerEditor>
        </React.Suspense>
        <UploadList attachments={attachments.filter(({ inline }) => !inline)} pending={files.pending} onRemove={files.remove} />
      </WritingBox>
    </DropZone>
  );
}

/** Who else gets it, and from which address it comes. */
function Envelope({ form: { ticket, change, senders } }: { form: NewTicketState }) {
  const text = useText();
  const [first] = senders;
  return (
    <>
      <People label={text('compose.cc')} people={ticket.cc} onChange={(cc) => change({ cc })} />
      <People label={text('compose.bcc')} people={ticket.bcc} onChange={(bcc) => change({ bcc })} />
      {!first && <Notice variant="warning">{text('inbox.problem.noSender')}</Notice>}
      {senders.length === 1 && (
        <Typography variant="pi" textColor="neutral600">
          {text('inbox.from', { people: describeAddress(first) })}
        </Typography>
      )}
      {senders.length > 1 && (
        <SingleSelect
          size="S"
          aria-label={text('newTicket.sender')}
          value={ticket.scanner ?? first.scanner ?? ''}
          onChange={(scanner: string | number) => change({ scanner: String(scanner) || null })}
        >
          {senders.map((sender) => (
            <SingleSelectOption key={sender.address} value={sender.scanner ?? ''}>
              {text('inbox.from', { people: describeAddress(sender) })}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
    </>
  );
}
