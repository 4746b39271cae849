import { Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { DropZone } from '../../shared/helpdesk/FileInputs';
import { Notice } from '../../shared/components/Notice';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { describeAddress } from './addresses';
import { useCopyLines } from './CopyLines';
import { MessageEditor } from './MessageEditor';
import type { NewTicketState } from './useNewTicket';
import { WritingBox } from './WritingBox';

/** The first message of a ticket that begins with us, or an internal note. */
export function FirstMessage({ form }: { form: NewTicketState }) {
  const text = useText();
  const { canReplyToTickets } = useAllowed();
  const { ticket, change, isPublic, files, attachments, editor, replies } = form;
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
        <MessageEditor
          editor={editor}
          files={files}
          attachments={attachments}
          canReply={canReplyToTickets}
          label={text('newTicket.message')}
          placeholder={text(isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
          html={ticket.html}
          focusFirst={false}
          onChange={(html) => change({ html })}
          replies={replies}
          onSend={() => form.canSubmit && void form.submit()}
        />
      </WritingBox>
    </DropZone>
  );
}

/** Who else gets it, and from which address it comes. */
function Envelope({ form: { ticket, change, senders } }: { form: NewTicketState }) {
  const text = useText();
  const [first] = senders;
  const copies = useCopyLines({ people: ticket, onChange: change });
  return (
    <>
      {copies.fields}
      {!first && <Notice variant="warning">{text('inbox.problem.noSender')}</Notice>}
      <Flex gap={2} wrap="wrap">
        {senders.length === 1 && (
          <Typography variant="pi" textColor="neutral600">
            {text('inbox.from', { people: describeAddress(first) })}
          </Typography>
        )}
        {copies.buttons}
      </Flex>
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
