import { isAddress } from '../../../../shared/address';
import type { Priority } from '../../../../shared/vocabulary';
import * as React from 'react';
import { useAuth, useDebounce } from '@strapi/strapi/admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useContactsQuery, type ContactRow } from '../../api/people';
import type { Address, Attachment } from '../../api/tickets';
import { useNewTicketOffersQuery, useOpenTicketMutation, type NewTicketOffers } from '../../api/ticketActions';
import { placeOfTicket } from '../../shared/helpdesk/places';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { keep, readKept } from '../../shared/utils/kept';
import type { AnswerEditorHandle } from './AnswerEditor';
import { useAnswerFiles } from './useAnswerFiles';
import { attachmentsOf, isEmptyDraft, wordsOf } from './useDraft';

interface NewTicket {
  email: string;
  /** Of a contact that is not known yet. */
  name: string;
  title: string;
  /** The first message. */
  html: string;
  /** Files that are uploaded already, pictures in the text included. */
  attachments: Attachment[];
  wantsPublic: boolean;
  cc: Address[];
  bcc: Address[];
  /** The scanner from whose address the emails come; null: the one for all outgoing mail, or the first there is. */
  scanner: string | null;
  /** undefined: the person who opens the ticket. */
  assignee: number | null | undefined;
  priority: Priority;
}

const EMPTY: NewTicket = {
  email: '',
  name: '',
  title: '',
  html: '',
  attachments: [],
  wantsPublic: true,
  cc: [],
  bcc: [],
  scanner: null,
  assignee: undefined,
  priority: 'Normal',
};

/** Whether there is anything to lose. What is written and has no ticket yet outlives a reload and a look at another page. */
const isBegun = (typed: NewTicket, to: string): boolean => typed.email !== to || typed.title.trim() !== '' || !isEmptyDraft(typed);

/** A ticket that begins with us, to the address of the link if it names one: what is typed, and how it is saved. People without the permission to reply write an internal note. */
export function useNewTicket(offers: NewTicketOffers) {
  const text = useText();
  const navigate = useNavigate();
  const { success, warn, failure, fieldErrors } = useFeedback();
  const { canReplyToTickets } = useAllowed();
  const me = useAuth('MailScannerNewTicket', ({ user }) => user?.id);
  const [asked] = useSearchParams();
  const to = asked.get('to') ?? '';
  const key = `mail-scanner.new-ticket.${me ?? ''}.${to}`;
  const [kept, setKept] = React.useState(() => readKept<NewTicket>('sessionStorage', key));
  const [typed, setTyped] = React.useState<NewTicket>({ ...EMPTY, email: to, ...kept });
  React.useEffect(() => keep('sessionStorage', key, isBegun(typed, to) ? typed : null), [key, typed, to]);
  const [errors, setErrors] = React.useState<Record<string, string>>({});
  const [open, { isLoading }] = useOpenTicketMutation();
  const assignee = typed.assignee === undefined ? (me === undefined ? null : Number(me)) : typed.assignee;
  const isPublic = canReplyToTickets && typed.wantsPublic;
  const attachments = attachmentsOf(typed);
  const message = { html: typed.html, attachments };
  const sends = isPublic && !isEmptyDraft(message);
  const change = React.useCallback(
    (part: Partial<NewTicket> | ((before: NewTicket) => Partial<NewTicket>)) =>
      setTyped((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  const editor = React.useRef<AnswerEditorHandle>(null);
  const files = useAnswerFiles({ limits: offers.uploadLimits, draft: typed, change, attachments, editor });
  const scanner = typed.scanner ?? offers.senders[0]?.scanner;

  const submit = async () => {
    if (files.isWaiting) return warn(text('compose.waitForFiles'));
    const toCustomer = isPublic ? { cc: typed.cc, bcc: typed.bcc, undoable: true } : {};
    const given = { ...wordsOf(typed.html), attachments: attachments.map(({ documentId }) => documentId) };
    const comment = isEmptyDraft(message) ? undefined : { ...given, isPublic, ...toCustomer };
    const contact = typed.email.trim() ? { contactEmail: typed.email.trim(), contactName: typed.name.trim() } : {};
    const { title, priority } = typed;
    const answer = await open({ title: title.trim(), assignee, priority, ...contact, ...(scanner ? { scanner } : {}), comment });
    if ('error' in answer) {
      setErrors(fieldErrors(answer.error!) ?? {});
      return failure(answer.error!);
    }
    keep('sessionStorage', key, null);
    success(text('newTicket.opened', { number: answer.data.ticketNumber }));
    navigate(placeOfTicket(answer.data.documentId));
  };

  return {
    ticket: { ...typed, assignee },
    change,
    editor,
    files,
    /** Those that would be sent. */
    attachments,
    replies: useRepliesFor(offers, typed),
    senders: offers.senders,
    errors,
    /** Leaves what was begun before behind; null: nothing was. */
    beginAnew: kept && (() => (setTyped({ ...EMPTY, email: to }), setKept(null))),
    isPublic,
    /** Whether an email leaves. */
    sends,
    canSubmit: typed.title.trim() !== '' && (!sends || typed.email.trim() !== ''),
    submit,
    isLoading,
  };
}

export type NewTicketState = ReturnType<typeof useNewTicket>;

/** Canned replies for the contact that is typed; until the server has answered, those for nobody. */
function useRepliesFor(offers: NewTicketOffers, { email, name, title }: NewTicket): NewTicketOffers['replies'] {
  const typed = useDebounce([email, name, title].map((part) => part.trim()).join('\n'), 500);
  const [contactEmail, contactName, named] = typed.split('\n');
  const { currentData = offers } = useNewTicketOffersQuery({ contactEmail, contactName, title: named }, { skip: typed.trim() === '' });
  return currentData.replies;
}

/** The contact with that address; null when there is none, undefined while the request runs. */
export function useKnownContact(email: string): ContactRow | null | undefined {
  const address = useDebounce(email.trim().toLowerCase(), 300);
  const isWhole = isAddress(address);
  const { data, isFetching } = useContactsQuery({ search: address, pageSize: 10 }, { skip: !isWhole });
  if (!isWhole || !data || isFetching) return undefined;
  return data.data.find(({ email, furtherAddresses }) => [{ email }, ...furtherAddresses].some((one) => one.email === address)) ?? null;
}
