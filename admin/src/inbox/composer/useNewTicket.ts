import type { Priority } from '../../../../shared/vocabulary';
import * as React from 'react';
import { useAuth, useDebounce } from '@strapi/strapi/admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useContactsQuery, type ContactRow } from '../../people/api/people';
import type { Address } from '../api/tickets';
import { useOpenTicketMutation } from '../api/ticketActions';
import { placeOfTicket } from '../../shared/helpdesk/places';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

export interface NewTicket {
  email: string;
  /** Of a contact that is not known yet. */
  name: string;
  title: string;
  message: string;
  wantsPublic: boolean;
  cc: Address[];
  bcc: Address[];
  /** undefined: the person who opens the ticket. */
  assignee: number | null | undefined;
  priority: Priority;
}

const EMPTY: NewTicket = {
  email: '',
  name: '',
  title: '',
  message: '',
  wantsPublic: true,
  cc: [],
  bcc: [],
  assignee: undefined,
  priority: 'Normal',
};

/** A ticket that begins with us, to the address of the link if it names one: what is typed, and how it is saved. People without the permission to reply write an internal note. */
export function useNewTicket() {
  const text = useText();
  const navigate = useNavigate();
  const { success, failure, fieldErrors } = useFeedback();
  const { canReplyToTickets } = useAllowed();
  const me = useAuth('MailScannerNewTicket', ({ user }) => user?.id);
  const [asked] = useSearchParams();
  const [typed, setTyped] = React.useState({ ...EMPTY, email: asked.get('to') ?? '' });
  const [errors, setErrors] = React.useState<Record<string, string>>({});
  const [open, { isLoading }] = useOpenTicketMutation();
  const assignee = typed.assignee === undefined ? (me === undefined ? null : Number(me)) : typed.assignee;
  const isPublic = canReplyToTickets && typed.wantsPublic;
  const sends = isPublic && typed.message.trim() !== '';

  const submit = async () => {
    const copies = isPublic ? { cc: typed.cc, bcc: typed.bcc } : {};
    const comment = typed.message.trim() ? { text: typed.message, isPublic, ...copies } : undefined;
    const contact = typed.email.trim() ? { contactEmail: typed.email.trim(), contactName: typed.name.trim() } : {};
    const answer = await open({ title: typed.title.trim(), assignee, priority: typed.priority, ...contact, comment });
    if ('error' in answer) {
      setErrors(fieldErrors(answer.error!) ?? {});
      return failure(answer.error!);
    }
    success(text('newTicket.opened', { number: answer.data.ticketNumber }));
    navigate(placeOfTicket(answer.data.documentId));
  };

  return {
    ticket: { ...typed, assignee },
    change: (part: Partial<NewTicket>) => setTyped((before) => ({ ...before, ...part })),
    errors,
    isPublic,
    /** Whether an email leaves. */
    sends,
    canSubmit: typed.title.trim() !== '' && (!sends || typed.email.trim() !== ''),
    submit,
    isLoading,
  };
}

/** The contact with that address; null when there is none, undefined while the request runs. */
export function useKnownContact(email: string): ContactRow | null | undefined {
  const address = useDebounce(email.trim().toLowerCase(), 300);
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address);
  const { data, isFetching } = useContactsQuery({ search: address, pageSize: 10 }, { skip: !isAddress });
  if (!isAddress || !data || isFetching) return undefined;
  return data.data.find(({ email, furtherAddresses }) => [{ email }, ...furtherAddresses].some((one) => one.email === address)) ?? null;
}
