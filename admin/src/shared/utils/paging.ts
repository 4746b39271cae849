import type { Text, TextKey } from '../hooks/useText';
import type { Pagination } from '../../../../shared/api/pagination';

export const PAGE_SIZE = 20;

/** What the address bar holds of a list that comes in pages. */
export interface PagingQuery {
  page?: string;
  pageSize?: string;
}

export const pagingOf = ({ page, pageSize }: PagingQuery): { page: number; pageSize: number } => ({
  page: Number(page ?? 1),
  pageSize: Number(pageSize ?? PAGE_SIZE),
});

/** How many records a list has, in words: of very many the server counts only this many, and says that there are more. */
export function countText(text: Text, key: TextKey, { total, hasMore }: Pick<Pagination, 'total' | 'hasMore'>): string {
  const counted = text(key, { count: total });
  return hasMore ? text('inbox.moreThan', { counted }) : counted;
}
