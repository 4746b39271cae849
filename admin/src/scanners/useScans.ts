import * as React from 'react';
import { isUnderWay } from '../../../shared/vocabulary';
import { useOneWorkQuery, useWorkQuery, type Work } from '../api/work';

/** Between two looks: at one scan, at those under way, and for one that begins by itself. */
const WATCHED_MS = 1_000;
const BUSY_MS = 2_000;
const IDLE_MS = 6_000;

/** The scans under way by their scanners, on whatever instance and whoever began them. `onChange` is called when one has begun or ended. */
export function useScans(onChange: () => void): Map<string, Work> {
  const { data } = useWorkQuery(undefined, { pollingInterval: IDLE_MS, refetchOnMountOrArgChange: true });
  const scans = (data ?? []).filter(({ kind, state }) => kind === 'scan' && isUnderWay(state));
  useWorkQuery(undefined, { skip: scans.length === 0, pollingInterval: BUSY_MS });
  const ids = scans.map(({ id }) => id).join();
  const before = React.useRef(ids);
  React.useEffect(() => {
    if (before.current !== ids) onChange();
    before.current = ids;
  }, [ids, onChange]);
  return new Map(scans.map((work) => [work.scanner!.documentId, work]));
}

/** A scan with what became of it, looked at again until it has ended. */
export function useWatchedScan(id: string | null) {
  const { currentData: work, error } = useOneWorkQuery(id ?? '', { skip: id === null, refetchOnMountOrArgChange: true });
  useOneWorkQuery(id ?? '', { skip: !work || !isUnderWay(work.state), pollingInterval: WATCHED_MS });
  return { work, error };
}
