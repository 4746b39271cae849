import type { NoticeKind } from '../vocabulary';
import type { Agent } from './tickets';

/** What one administrator is told. */
export interface Notice {
  id: number;
  kind: NoticeKind;
  at: string;
  isRead: boolean;
  ticket: { documentId: string; ticketNumber: string; title: string };
  /** The documentId of the message that it is about; null where it is about none. */
  comment: string | null;
  /** Who did it: an administrator, or who wrote the message; null where nobody did. */
  by: string | null;
  /** The beginning of the message, in one line. */
  excerpt: string | null;
}

/** What is asked for every two seconds. The last two change with each notice, and with each message that this administrator may see. */
export interface NewsCount {
  unread: number;
  lastNotice: number;
  lastMessage: number;
}

/** Which notices are read, or unread again. */
export interface ReadChange {
  ids?: number[];
  /** The documentId of a ticket: all that are about it. */
  ticket?: string;
  all?: true;
  isRead?: boolean;
}

/** By what ways one is told of a kind. */
export interface Channels {
  panel: boolean;
  email: boolean;
}

/** When what waits is told by one email. */
export interface Digest {
  /** Of the week: 1 is Monday, 7 is Sunday. */
  days: number[];
  /** `08:30`. */
  time: string;
  /** IANA name; null for that of the site. */
  timeZone: string | null;
}

export interface NoticeChoices {
  channels: Record<NoticeKind, Channels>;
  /** Whether emails hold the beginning of the message; the title of its ticket they hold in any case. */
  withExcerpt: boolean;
  /** Null for none. */
  digest: Digest | null;
}

export interface Following {
  followers: Agent[];
  isFollowed: boolean;
  /** Whether one wants to be told no more of it. */
  isMuted: boolean;
}
