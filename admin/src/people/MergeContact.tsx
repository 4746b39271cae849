import * as React from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useContactMergeQuery, useContactsAlikeQuery, useMergeContactMutation, useContactQuery, type ContactRow } from '../api/people';
import { Panel } from '../shared/components/Panel';
import { nameOfContact } from '../shared/helpdesk/names';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { MergeDialog } from './MergeDialog';
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
      {into && <MergeThem contact={contact} into={into} onClose={() => setInto(null)} onMerged={onMerged} />}
    </Panel>
  );
}

interface MergeThemProps {
  contact: ContactRow;
  into: string;
  onClose(): void;
  onMerged(into: string): void;
}

function MergeThem({ contact, into, onClose, onMerged }: MergeThemProps) {
  const text = useText();
  const { success, failure } = useFeedback();
  const { data: plan } = useContactMergeQuery(contact.documentId);
  const { data: remaining } = useContactQuery(into);
  const [merge, { isLoading }] = useMergeContactMutation();
  const confirm = async () => {
    const answer = await merge({ id: contact.documentId, into });
    if ('error' in answer) return failure(answer.error!);
    success(text('people.merged', { name: nameOfContact(answer.data) }));
    onMerged(into);
  };
  const name = nameOfContact(contact);
  const other = remaining && `${nameOfContact(remaining)} (${remaining.email})`;
  const moves = plan && { ...plan, name, other: other ?? '…', addresses: plan.addresses.join(', ') };
  return (
    <MergeDialog
      name={name}
      other={other}
      moves={moves && text('people.mergeText', moves)}
      isLoading={isLoading}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
