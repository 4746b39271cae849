import { namesEarlierMail, subjectKey } from '../subject-key';
import type { Address } from '../../types';

/** What the headers of a mail tell about the mail that it answers: who wrote that, or took part, and what it was about. */
export interface Envelope {
  /** Of the recipients, lower case. The sender's own stand in their own lines. */
  addresses: string[];
  /** Names as written, each at least three letters long. */
  names: string[];
  /** The subject's key; '' when there is none. */
  subject: string;
  /** Neither its headers nor its subject speak of an earlier mail: what looks like headers in its text is the sender's (web forms, call notes). */
  isFirst: boolean;
}

/** Of a text that comes without headers. */
export const noEnvelope: Envelope = { addresses: [], names: [], subject: '', isFirst: false };

/** People beyond these are a list of recipients, no conversation. */
const MAX_PEOPLE = 30;

export function envelopeOf(message: {
  to: Address[];
  cc: Address[];
  subject: string;
  inReplyTo: string[];
  references: string[];
  marks?: string[];
}): Envelope {
  const people = [...message.to, ...message.cc].slice(0, MAX_PEOPLE);
  return {
    addresses: people.map(({ address }) => address).filter((address) => address !== ''),
    names: people.map(({ name }) => name.trim()).filter((name) => [...name].length >= 3),
    subject: subjectKey(message.subject),
    isFirst: !answersSomething(message),
  };
}

/** By its headers, by its subject, or by a mark of a ticket of ours that it quotes. */
function answersSomething({ inReplyTo, references, marks = [], subject }: Parameters<typeof envelopeOf>[0]): boolean {
  return inReplyTo.length + references.length + marks.length > 0 || namesEarlierMail(subject);
}

/** Does the text name somebody who took part, by name or address? */
export function namesPerson(text: string, { addresses, names }: Envelope): boolean {
  const lower = text.toLowerCase();
  return names.some((name) => text.includes(name)) || addresses.some((address) => lower.includes(address));
}
