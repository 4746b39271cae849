/** What stands in `meta` beside a list in pages, as beside Strapi's own lists. */
export interface Pagination {
  /** From 1. */
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
  /** True when there are more than `total`: of very many they are not counted to the end. */
  hasMore?: true;
}
