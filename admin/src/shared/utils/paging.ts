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
