import * as React from 'react';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useContactMergeQuery, useContactsAlikeQuery, useMergeContactMutation, useContactQuery, type ContactRow } from './api/people';
import { Panel } from '../shared/components/Panel';
import { nameOfContact } from '../shared/helpdesk/names';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useReturnFocus } from '../shared/hooks/useReturnFocus';
import { useText } from '../shared/hooks/useText';
import { ContactSelect } from './PeopleOf';

/** Puts a contact into another one who is the same person. */
export function MergeContact({ contact, onMerged }: { contact: ContactRow; onMerged(into: string): void }) {
  const text = useText();
  const { data: alike = [] } = useContactsAlikeQuery(contact.documentId);
  const [into, setInto] = React.useState<string | null>(null);
  return (
    <Panel title={text('people.merge')} hint={text('people.mergeHint')}>
      {alike.length > 0 && (
        <Flex gap={2} wrap="wrap" alignItems="center">
          <Typography textColor="neutral800">{text('people.alike')}</Typography>
          {alike.map((other) => (
            <Button key={other.documentId} size="S" variant="secondary" onClick={() => setInto(other.documentId)}>
              {`${nameOfContact(other)} (${other.email})`}
            </Button>
          ))}
        </Flex>
      )}
      <ContactSelect key={into} label={text('people.mergeInto')} except={contact.documentId} onChosen={setInto} />
      {into && <MergeDialog contact={contact} into={into} onClose={() => setInto(null)} onMerged={onMerged} />}
    </Panel>
  );
}

interface MergeDialogProps {
  contact: ContactRow;
  into: string;
  onClose(): void;
  onMerged(into: string): void;
}

/** Says what moves, and asks before it does. */
function MergeDialog({ contact, into, onClose, onMerged }: MergeDialogProps) {
  const text = useText();
  const { success, failure } = useFeedback();
  const { data: plan } = useContactMergeQuery(contact.documentId);
  const { data: other } = useContactQuery(into);
  const [merge, { isLoading }] = useMergeContactMutation();
  useReturnFocus();
  const confirm = async () => {
    const answer = await merge({ id: contact.documentId, into });
    if ('error' in answer) return failure(answer.error!);
    success(text('people.merged', { name: nameOfContact(answer.data) }));
    onMerged(into);
  };
  const names = { name: nameOfContact(contact), other: other ? `${nameOfContact(other)} (${other.email})` : '…' };
  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && !isLoading && onClose()}>
      <ConfirmDialog
        title={text('people.mergeTitle', names)}
        endAction={
          <Button fullWidth variant="danger-light" disabled={!plan || !other} loading={isLoading} onClick={confirm}>
            {text('people.mergeConfirm')}
          </Button>
        }
      >
        <Typography textColor="neutral800">
          {plan && text('people.mergeText', { ...names, ...plan, addresses: plan.addresses.join(', ') })}
        </Typography>
      </ConfirmDialog>
    </Dialog.Root>
  );
}
