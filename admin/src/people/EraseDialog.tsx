import * as React from 'react';
import { Button, Checkbox, Dialog, Flex, Loader, Typography } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useErasurePlanQuery, useEraseContactMutation, type ContactRow, type ErasurePlan } from '../api/people';
import { nameOfContact } from '../shared/helpdesk/names';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useReturnFocus } from '../shared/hooks/useReturnFocus';
import { useText } from '../shared/hooks/useText';

/** Says what goes with a contact, and asks before it does. Stays open until the server has done it. */
export function EraseDialog({ contact, onClose, onErased }: { contact: ContactRow; onClose(): void; onErased(): void }) {
  const text = useText();
  const { success, failure, describeError } = useFeedback();
  const { data: plan, error } = useErasurePlanQuery(contact.documentId);
  const [erase, { isLoading }] = useEraseContactMutation();
  const [keepBlocked, setKeepBlocked] = React.useState(false);
  const name = nameOfContact(contact);

  useReturnFocus();

  const confirm = async () => {
    const answer = await erase({ id: contact.documentId, keepBlocked });
    if ('error' in answer) return failure(answer.error!);
    success(text('data.deleted', { name }));
    onErased();
  };

  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && !isLoading && onClose()}>
      <ConfirmDialog
        title={text('data.deleteTitle', { name })}
        endAction={
          <Button fullWidth variant="danger-light" disabled={!plan} loading={isLoading} onClick={confirm}>
            {text('data.confirm')}
          </Button>
        }
      >
        {error ? (
          <Typography textColor="danger600">{describeError(error)}</Typography>
        ) : plan ? (
          <Flex direction="column" alignItems="stretch" gap={3}>
            <Plan plan={plan} />
            {plan.blocked.length > 0 && (
              <Checkbox checked={keepBlocked} onCheckedChange={(checked: boolean) => setKeepBlocked(checked)}>
                {text('data.keepBlocked', { addresses: plan.blocked.join(', ') })}
              </Checkbox>
            )}
          </Flex>
        ) : (
          <Loader small>{text('common.loading')}</Loader>
        )}
      </ConfirmDialog>
    </Dialog.Root>
  );
}

function Plan({ plan: { deleted, anonymised, scanLog, ticketNumbers } }: { plan: ErasurePlan }) {
  const text = useText();
  const lines = [
    deleted.tickets > 0 &&
      text('data.goes', { ...counts(deleted), emails: deleted.emails, numbers: listed(ticketNumbers.deleted, deleted.tickets) }),
    anonymised.tickets > 0 && text('data.taken', { ...counts(anonymised), numbers: listed(ticketNumbers.anonymised, anonymised.tickets) }),
    deleted.tickets + anonymised.tickets === 0 && text('data.noTickets'),
    scanLog.messages > 0 && text('data.log', { ...scanLog }),
    text('data.stays'),
  ];
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {lines.filter(Boolean).map((line, index) => (
        <Typography key={index} textColor="neutral800">
          {line}
        </Typography>
      ))}
    </Flex>
  );
}

const counts = ({ tickets, comments, attachments }: ErasurePlan['anonymised']) => ({ tickets, comments, files: attachments });

/** Ticket numbers, of which the server names the first. */
const listed = (numbers: string[], total: number): string => numbers.join(', ') + (total > numbers.length ? ' …' : '');
