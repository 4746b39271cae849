import * as React from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Comment } from '../../api/tickets';

interface Loaded {
  comments: Comment[];
  earlier: number;
  loadEarlier(): Promise<unknown>;
  isLoading: boolean;
}

/** This many pages are fetched to find it. */
const MOST_PAGES = 20;

/**
 * The message that the address names, as a notice does: earlier ones are fetched until it is there, then it is on the screen and has the
 * focus. `wanted` is its documentId; null where the address names none.
 */
export function useWantedMessage({ comments, earlier, loadEarlier, isLoading }: Loaded) {
  const wanted = useSearchParams()[0].get('message');
  const target = React.useRef<HTMLElement>(null);
  const pages = React.useRef(0);
  const isThere = wanted !== null && comments.some(({ documentId }) => documentId === wanted);
  const isMissing = wanted !== null && !isThere && earlier > 0;
  React.useEffect(() => {
    if (!isMissing || isLoading || pages.current >= MOST_PAGES) return;
    pages.current += 1;
    void loadEarlier();
  });
  React.useEffect(() => {
    if (!isThere) return;
    target.current?.scrollIntoView({ block: 'start' });
    target.current?.focus({ preventScroll: true });
  }, [isThere, wanted]);
  return { wanted, target };
}
