import * as React from 'react';
import type { Work } from '../../../shared/api/work';
import { useMarkSpamMutation, useTakeSpamBackMutation } from '../api/tickets';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { FootNotice, useGoneAfter } from './FootNotice';

/** The message stays for this time, on every page of the helpdesk. */
const SHOWN_MS = 20_000;

interface Marks {
  /**
   * Marks tickets as spam, by their documentIds, and shows a message with a button that takes it back; or takes it back at once. Resolves with
   * whether the server has done it.
   */
  mark(ids: string[], isSpam: boolean): Promise<boolean>;
  /** Shows the same message of a whole list that was marked in the background; `onBegun` is told the id of the work that takes it back. */
  tell(work: Work, onBegun: (id: string) => void): void;
}
const Context = React.createContext<Marks>({ mark: async () => false, tell: () => undefined });

export const useMarkSpam = (): Marks['mark'] => React.useContext(Context).mark;
export const useTellOfSpam = (): Marks['tell'] => React.useContext(Context).tell;

interface Marked {
  count: number;
  blocked: number;
  withdrawn: number;
  onTheirWay: number;
  spared: string[];
  /** What takes it back: these tickets and blocks, or the work of a whole list. */
  back: { tickets: string[]; targets: string[] } | { work: string; onBegun(id: string): void };
}

/** Around the pages of the helpdesk. */
export function MarkedSpam({ children }: { children: React.ReactNode }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [mark, { isLoading }] = useMarkSpamMutation();
  const [takeBack, { isLoading: isTakingBack }] = useTakeSpamBackMutation();
  const [marked, setMarked] = React.useState<Marked | null>(null);

  useGoneAfter(marked, SHOWN_MS, () => setMarked(null));

  const run = React.useCallback(
    async (ids: string[], isSpam: boolean, unblocks?: string[]) => {
      const answer = await mark({ ids, isSpam, unblocks });
      if ('error' in answer) {
        failure(answer.error!);
        return false;
      }
      const { tickets, targets, ...rest } = answer.data;
      setMarked(isSpam ? { ...rest, count: tickets.length, blocked: targets.length, back: { tickets, targets } } : null);
      if (!isSpam) success(text('spam.taken', { count: tickets.length, unblocked: targets.length }));
      return true;
    },
    [mark, failure, success, text],
  );
  const tell = React.useCallback<Marks['tell']>(
    ({ id, spam, tickets }, onBegun) => setMarked({ ...spam!, count: tickets?.changed ?? 0, back: { work: id, onBegun } }),
    [],
  );
  const undo = async ({ back }: Marked) => {
    if ('tickets' in back) return void (await run(back.tickets, false, back.targets));
    const answer = await takeBack(back.work);
    if ('error' in answer) return failure(answer.error!);
    setMarked(null);
    back.onBegun(answer.data.id);
  };
  const marks = React.useMemo(() => ({ mark: run, tell }), [run, tell]);
  return (
    <Context.Provider value={marks}>
      {children}
      <FootNotice
        message={
          marked &&
          text('spam.marked', {
            count: marked.count,
            blocked: marked.blocked,
            withdrawn: marked.withdrawn,
            late: marked.onTheirWay,
            spared: marked.spared.length,
            names: marked.spared.join(', '),
          })
        }
        isLoading={isLoading || isTakingBack}
        onUndo={() => void undo(marked!)}
        onClose={() => setMarked(null)}
      />
    </Context.Provider>
  );
}
