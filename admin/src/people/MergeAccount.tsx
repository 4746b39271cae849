import * as React from 'react';
import { useAccountMergeQuery, useMergeAccountMutation, type Account } from '../api/people';
import { Panel } from '../shared/components/Panel';
import { AccountSelect } from '../shared/helpdesk/AccountSelect';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { MergeDialog } from './MergeDialog';

type Named = Pick<Account, 'documentId' | 'name'>;

/** Puts an account into another one that is the same organisation. */
export function MergeAccount({ account, onMerged }: { account: Account; onMerged(into: string): void }) {
  const text = useText();
  const [into, setInto] = React.useState<Named | null>(null);
  return (
    <Panel title={text('people.mergeAccount')} hint={text('people.mergeAccountHint')}>
      <AccountSelect
        label={text('people.mergeAccountInto')}
        placeholder={text('people.mergeAccountInto')}
        except={account.documentId}
        value={into}
        onChange={setInto}
      />
      {into && <MergeThem account={account} into={into} onClose={() => setInto(null)} onMerged={onMerged} />}
    </Panel>
  );
}

interface MergeThemProps {
  account: Account;
  into: Named;
  onClose(): void;
  onMerged(into: string): void;
}

function MergeThem({ account, into, onClose, onMerged }: MergeThemProps) {
  const text = useText();
  const { success, failure } = useFeedback();
  const { data: plan } = useAccountMergeQuery(account.documentId);
  const [merge, { isLoading }] = useMergeAccountMutation();
  const confirm = async () => {
    const answer = await merge({ id: account.documentId, into: into.documentId });
    if ('error' in answer) return failure(answer.error!);
    success(text('people.merged', { name: answer.data.name }));
    onMerged(into.documentId);
  };
  const moves = plan && { ...plan, other: into.name, count: plan.domains.length, domains: plan.domains.join(', ') };
  return (
    <MergeDialog
      name={account.name}
      other={into.name}
      moves={moves && text('people.mergeAccountText', moves)}
      isLoading={isLoading}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
