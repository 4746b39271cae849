/** What a customer is told who comes by the link of an email. */
export interface CustomerConversation {
  ticketNumber: string;
  title: string;
  ticketStatus: string;
  /** Oldest first: the newest ones, or those before the one that was asked for. */
  comments: CustomerComment[];
  /** What to ask for to get earlier ones; null where there are none. */
  before: string | null;
}

export interface CustomerComment {
  id: string;
  /** `other`: somebody who takes part besides. */
  by: 'customer' | 'support' | 'other';
  /** Null for one of us whose name is not told. */
  author: string | null;
  writtenAt: string;
  /** Without quotes. */
  text: string;
  /** The same, safe to show: no scripts, no styles, nothing that loads from elsewhere. */
  html: string;
  /** `size` in bytes. */
  files: { id: string; name: string; mime: string; size: number }[];
}
