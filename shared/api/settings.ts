import type { AuthorizationBrief } from './authorizations';
import type { AfterAnswer, Afterwards, Encryption, KeepSources, Language, ReplyTo, TransportName } from '../vocabulary';
import type { Words } from '../sentences/words';

export interface OutgoingMailInput {
  transport: TransportName;
  /** Host, port and encryption are those of SMTP. */
  host: string;
  port: number | null;
  /** `ssl`: TLS from the first byte; `starttls`: upgraded, refused when the server cannot; `none`: plain text. */
  encryption: Encryption;
  validateCertificate: boolean;
  /** '' for a server that asks for no login. With an authorization: the mailbox that is sent from, where it is not the account's own. */
  username: string;
  /** The documentId of the account that signs in, in place of a password. */
  authorization: string | null;
  fromAddress: string;
  fromName: string;
  /** This many emails a minute leave at most, as providers ask for; null for no limit. */
  maxPerMinute: number | null;
}

export interface OutgoingMail extends Omit<OutgoingMailInput, 'authorization'> {
  authorization: AuthorizationBrief | null;
  hasPassword: boolean;
  /** The provider of the site's own Email plugin, where it can be sent by; null where none is set up. */
  emailProvider: string | null;
  warnings: string[];
  warningsSaid: Words[];
}

export interface TestEmail {
  ok: boolean;
  /** What the outgoing server says. */
  message: string;
  messageSaid: Words;
}

/** A test email to the address that customers answer to, and whether a scanner has found it. */
export interface RoundTrip {
  /** The documentId of the scanner. */
  scanner: string;
  address: string;
  sentAt: string;
  /** When it was found in the mailbox; null as long as it was not. */
  backAt: string | null;
}

/** Additional Settings. */
export interface Settings {
  ticketPrefix: string;
  /** Those of earlier days, the last first: by numbers with them tickets are found as well. Cannot be written. */
  formerTicketPrefixes: string[];
  /** The first number that is given out. */
  ticketStart: number;
  /** A larger message is not read but recorded as failed; it stays in the mailbox. */
  maxMessageMegabytes: number;
  /** This many tickets one customer opens by email within an hour; what is more goes into one ticket. 0: no limit. */
  maxNewTicketsPerHour: number;
  /** Which raw sources are kept: those of failed messages, or all. */
  keepSources: KeepSources;
  /** Mail of blocked senders goes to the Junk folder of its mailbox, where there is one. */
  blockedToJunk: boolean;
  /** The status that a ticket gets when somebody answers it at the panel, unless they choose another. */
  afterAnswer: AfterAnswer;
  /** The recipients that an answer at the panel begins with. */
  replyTo: ReplyTo;
  /** A ticket that nobody has becomes that of the person who answers it at the panel. */
  takeOnAnswer: boolean;
  /** Agents see the tickets of their teams, of no team and their own alone, unless they may see those of all teams. */
  ticketsByTeam: boolean;
  /** Where the panel goes on after an answer. */
  afterwards: Afterwards;
  /** Domains of colleagues, whose forwards belong to the original sender. */
  staffDomains: string[];
  /** In which language the plugin speaks to customers, and whose clock its emails tell the time by (an IANA name). */
  emailLanguage: Language;
  /** Other languages, for customers who write in them. */
  emailLanguages: Language[];
  emailTimeZone: string;
  /** Where customers reach this Strapi, such as https://cms.example.com; '': emails hold no links to pages of the plugin. */
  publicUrl: string;
  /** The page of the site on which customers read and answer their ticket; '': the plugin's own, under `publicUrl`. */
  ticketLinkUrl: string;
  /** Days for which the link to that page is good; 0: there are none, and those that were sent lead nowhere. */
  ticketLinkDays: number;
  /** This many hours after their ticket was closed customers are asked how content they are, and each at most once in this many days (0: for every ticket). */
  satisfactionAfterHours: number;
  satisfactionEveryDays: number;
  /** Days for which the scan log tells about a message; 0: for ever. */
  keepLogDays: number;
  /** Days for which raw sources are kept; 0: for ever. Those of failed messages stay until they are settled. */
  keepSourceDays: number;
  /** Days for which sent emails are kept as they left; 0: for ever. */
  keepDeliveryDays: number;
}
