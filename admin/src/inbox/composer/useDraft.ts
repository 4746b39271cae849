import * as React from 'react';
import { useAuth } from '@strapi/strapi/admin';
import type { Address, Attachment } from '../../api/tickets';
import type { ForwardDraft } from './ForwardFields';
import { keep, readKept } from '../../shared/utils/kept';
import { isEmptyHtml, plainTextOf, showsPicture, textToHtml } from './html';

export interface Draft {
  html: string;
  isPublic: boolean;
  /** The recipients that the author chose; null for the usual recipients. */
  recipients: { to: Address[]; cc: Address[]; bcc?: Address[] } | null;
  /** Files that are uploaded already, pictures in the text included. */
  attachments: Attachment[];
  /** What is forwarded to people outside, in place of an answer or a note; null: nothing is. */
  forward: ForwardDraft | null;
  /** The message of people outside that the customer is shown by this answer. */
  shows: { documentId: string; author: string } | null;
}

const EMPTY: Draft = { html: '', isPublic: true, recipients: null, attachments: [], forward: null, shows: null };

export const isEmptyDraft = ({ html, attachments }: Pick<Draft, 'html' | 'attachments'>): boolean =>
  isEmptyHtml(html) && attachments.length === 0;

/** As it is sent: a text without formats is plain. */
export function wordsOf(html: string): { html: string } | { text: string } {
  const plain = plainTextOf(html);
  return plain === null ? { html } : { text: plain };
}

/** What is sent: pictures that were taken out of the text again stay behind. */
export const attachmentsOf = ({ html, attachments }: Pick<Draft, 'html' | 'attachments'>): Attachment[] =>
  attachments.filter(({ inline, contentId }) => !inline || (contentId !== null && showsPicture(html, contentId)));

type Change = Partial<Draft> | ((draft: Draft) => Partial<Draft>);
export type ChangeDraft = (change: Change) => void;

/** An answer that is being written. It survives a reload, in this browser, for this user and this ticket. */
export function useDraft(ticket: string): [Draft, ChangeDraft, () => void] {
  const user = useAuth('MailScannerDraft', ({ user: me }) => me?.id);
  const key = `mail-scanner.draft.${user ?? ''}.${ticket}`;
  const [draft, setDraft] = React.useState<Draft>(() => read(key));
  const change = React.useCallback(
    (part: Change) => setDraft((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  const clear = React.useCallback(() => {
    // At once: whoever has sent an answer may be on the next ticket before this page is drawn again.
    keep('localStorage', key, null);
    setDraft(({ isPublic }) => ({ ...EMPTY, isPublic }));
  }, [key]);
  React.useEffect(() => keep('localStorage', key, isEmptyDraft(draft) && !draft.recipients && !draft.forward ? null : draft), [key, draft]);
  return [draft, change, clear];
}

function read(key: string): Draft {
  const { text, ...saved } = readKept<Partial<Draft> & { text?: unknown }>('localStorage', key) ?? {};
  // Drafts of earlier versions are plain text.
  return { ...EMPTY, ...(typeof text === 'string' ? { html: textToHtml(text) } : {}), ...saved };
}
