import { CUSTOMER_EMAILS, FORWARD_TEMPLATE, STATUS, type CustomerEmail, type Language } from '../../../shared/vocabulary';
import { defaultBody, DEFAULT_SUBJECT } from './change-comments';
import { RATING_WORDS } from './rating-words';
import { EMAIL_WORDS } from './speech';

/** The emails that the plugin can send, as long as nobody changes their texts. */

export interface StandardTemplate {
  key: string;
  name: string;
  subjectIn(language: Language): string;
  bodyIn(language: Language): string;
  sendTo: string[];
  active: boolean;
}

/** Whether a delivery with this template is one that the plugin sends by itself. The first email of a ticket is written by somebody. */
export const isAutomatic = (template: string | null): boolean =>
  (CUSTOMER_EMAILS as readonly (string | null)[]).includes(template) && template !== 'first-email';

/** Whether what an email was to tell is not so any more. */
export const isOutdated = (template: string | null, { ticketStatus }: { ticketStatus: string }): boolean =>
  ['ticket-closed', 'satisfaction'].includes(template ?? '') && ticketStatus !== STATUS.closed;

const paragraphs = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>\n`).join('');

/** One that the plugin sends by itself: to the contact alone, and off until somebody switches it on. */
const automatic = (
  key: CustomerEmail,
  name: string,
  wordsIn: (language: Language) => { subject: string; lines: string[] },
  ask = '',
): StandardTemplate => ({
  key,
  name,
  subjectIn: (language) => `${wordsIn(language).subject}: $helpdesk-title$ [$helpdesk-ticket_no$]`,
  bodyIn(language) {
    const { greeting, number } = EMAIL_WORDS[language].changeComments;
    return paragraphs(
      '$helpdesk-replyabove$',
      greeting,
      ...wordsIn(language).lines,
      ...(ask ? [ask] : []),
      `${number}: $helpdesk-ticket_no$`,
    );
  },
  sendTo: ['contactEmail'],
  active: false,
});

export const STANDARDS: StandardTemplate[] = [
  {
    key: 'change-comments',
    name: 'Change Comments',
    subjectIn: () => DEFAULT_SUBJECT,
    bodyIn: defaultBody,
    sendTo: ['contactEmail'],
    active: true,
  },
  automatic('ticket-opened', 'Ticket opened', (language) => {
    const { subject, text, more } = EMAIL_WORDS[language].opened;
    return { subject, lines: [text, more] };
  }),
  automatic('ticket-closed', 'Ticket closed', (language) => {
    const { subject, text, more } = EMAIL_WORDS[language].closed;
    return { subject, lines: [text, more] };
  }),
  automatic(
    'satisfaction',
    'Satisfaction',
    (language) => {
      const { subject, text } = RATING_WORDS[language];
      return { subject, lines: [text] };
    },
    '$helpdesk-rating$',
  ),
  {
    key: 'first-email',
    name: 'First email from us',
    subjectIn: () => '$helpdesk-title$ [$helpdesk-ticket_no$]',
    bodyIn(language) {
      const { greeting, answer, number } = EMAIL_WORDS[language].changeComments;
      return paragraphs('$helpdesk-replyabove$', greeting, '$helpdesk-comments$', answer, `${number}: $helpdesk-ticket_no$`);
    },
    sendTo: ['contactEmail'],
    active: false,
  },
  {
    // To people outside of the conversation; somebody names them each time. Nothing in it speaks to a customer.
    key: FORWARD_TEMPLATE,
    name: 'Forwarded message',
    subjectIn: () => 'Fwd: $helpdesk-title$ [$helpdesk-ticket_no$]',
    bodyIn: () => paragraphs('$helpdesk-words$', '$helpdesk-forwarded$'),
    sendTo: [],
    active: true,
  },
];
