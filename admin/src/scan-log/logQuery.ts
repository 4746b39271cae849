import type { PagingQuery } from '../shared/utils/paging';

/** What the address bar holds, so that a view of the log can be sent to a colleague. */
export interface LogQuery extends PagingQuery {
  _q?: string;
  scanner?: string;
  outcome?: string;
  since?: string;
  until?: string;
}
