import * as React from 'react';
import { useDispatch } from 'react-redux';
import { readAnew, useNewsQuery } from '../../api/notices';
import { useIsVisible } from '../../shared/hooks/useIsVisible';

/** Of a window that is seen. */
const REFRESH_MS = 2_000;
const HIDDEN_MS = 30_000;

/**
 * How many notices are unread. Lists and tickets are read again as soon as there is a new notice or message; what is asked for all the time
 * is three numbers alone.
 */
export function useNews(): number {
  const isVisible = useIsVisible();
  const news = useNewsQuery(undefined, {
    pollingInterval: isVisible ? REFRESH_MS : HIDDEN_MS,
    refetchOnMountOrArgChange: true,
    selectFromResult: ({ data }) => ({ data }),
  }).data;
  const dispatch = useDispatch();
  const known = React.useRef<string | null>(null);
  const latest = news ? `${news.lastNotice} ${news.lastMessage}` : null;
  React.useEffect(() => {
    if (known.current !== null && latest !== null && known.current !== latest) dispatch(readAnew());
    known.current = latest ?? known.current;
  }, [dispatch, latest]);
  return news?.unread ?? 0;
}
