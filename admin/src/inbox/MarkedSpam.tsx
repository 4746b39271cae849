import * as React from 'react';
import type { SpamResult } from '../../../shared/api/block-list';
import { useMarkSpamMutation } from './api/tickets';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { FootNotice, useGoneAfter } from './FootNotice';

/** The message stays for this time, on every page of the helpdesk. */
const SHOWN_MS = 20_000;

type Mark = (ids: string[], isSpam: boolean) => Promise<boolean>;
const Context = React.createContext<Mark>(async () => false);

/**
 * Marks tickets as spam, by their documentIds, and shows a message with a button that takes it back; or takes it back at once. Resolves with
 * whether the server has done it.
 */
export const useMarkSpam = (): Mark => React.useContext(Context);

/** Around the pages of the helpdesk. */
export function MarkedSpam({ children }: { children: React.ReactNode }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [mark, { isLoading }] = useMarkSpamMutation();
  const [marked, setMarked] = React.useState<SpamResult | null>(null);

  useGoneAfter(marked, SHOWN_MS, () => setMarked(null));

  const run = React.useCallback(
    async (ids: string[], isSpam: boolean, unblocks?: string[]) => {
      const answer = await mark({ ids, isSpam, unblocks });
      if ('error' in answer) {
        failure(answer.error!);
        return false;
      }
      const { tickets, targets } = answer.data;
      setMarked(isSpam ? answer.data : null);
      if (!isSpam) success(text('spam.taken', { count: tickets.length, unblocked: targets.length }));
      return true;
    },
    [mark, failure, success, text],
  );
  return (
    <Context.Provider value={run}>
      {children}
      <FootNotice
        message={
          marked &&
          text('spam.marked', {
            count: marked.tickets.length,
            blocked: marked.targets.length,
            withdrawn: marked.withdrawn,
            late: marked.onTheirWay,
            spared: marked.spared.length,
            names: marked.spared.join(', '),
          })
        }
        isLoading={isLoading}
        onUndo={() => void run(marked!.tickets, false, marked!.targets)}
        onClose={() => setMarked(null)}
      />
    </Context.Provider>
  );
}
