import type { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Desk } from '../helpdesk/desk';
import type { Comment, Contact, Ticket } from '../helpdesk/desk-records';
import type { MailboxEffect } from '../mailbox/types';
import type { Address, ParsedMessage } from '../message/types';
import { SpokenError } from '../lib/spoken-error';
import type { Words } from '../../../shared/sentences/words';

/** What an action has at hand that is about a ticket alone: a rule runs it for an email, and a time trigger without one. */
export interface TicketContext {
  strapi: Core.Strapi;
  /** The name of the rule or the trigger whose action runs; '' before the rules. */
  rule: string;
  /** Its documentId. */
  ruleId: string;
  /** A text with what the groups of the rule's patterns caught in the place of `$1` and `$name`: see rule/captures.ts. */
  fill(text: string): string;
  /** Set by the steps and actions as they go. */
  ticket: Ticket | null;
  /** Adds a sentence to what the scan log says about this message. A function is asked when all is written: a new ticket has a number then. */
  note(sentence: Words | (() => Words)): void;
  desk: Pick<Desk, 'updateTicket' | 'tag' | 'addNews' | 'whenWritten'>;
  /** Whether it tells colleagues something new: no old mailbox is being read. */
  isNews: boolean;
  /** Whether a time trigger acts, which does so once for each time. */
  isTimed: boolean;
  /** Whether a program may answer: a person wrote to us a short while ago, and none of us is the author. */
  mayAnswer(): boolean;
}

/** What an action has at hand. The steps and actions of one message share it, in their order. */
export interface ActionContext extends TicketContext {
  message: ParsedMessage;
  /** Whose request it is: the sender, the customer whose email a colleague forwarded, or who is named in a form's Reply-To. */
  customer: Address | null;
  /** `list`: the author of what a list handed on in its own name. */
  customerFrom: 'sender' | 'forwarded' | 'replyTo' | 'list' | 'recipient';
  /** One of us wrote it, in a mail program and not here. The customer is its recipient. */
  isOurs: boolean;
  /** Staff sent it, by the domain or the address of its sender. */
  isByColleague: boolean;
  /** When it came into the mailbox, or else when it says that it was written. */
  receivedAt: Date | null;
  /** When its author wrote it, and never after the mailbox got it. */
  writtenAt: Date;
  /** It came within the last hour. */
  isRecent: boolean;
  /** The raw source, decoded as far as a search needs it. */
  source: () => string;
  folder: string;
  /** `team`: the id of the one that its tickets begin with. `onSameMailbox`: the ids of others that read the same mailbox. */
  scanner: { id: number; documentId: string; name: string; team: number | null; onSameMailbox: readonly number[] };
  /** Addresses that scanners read or send from: never a customer's. */
  ownAddresses: ReadonlySet<string>;
  /** Addresses of administrators, in lower case. */
  agents: ReadonlySet<string>;
  ticketPrefix: string;
  /** The same, and those that ticket numbers began with before. */
  ticketPrefixes: readonly string[];
  /** This many tickets one customer opens within an hour; what is more goes into one. 0: no limit. */
  maxNewTicketsPerHour: number;
  /**
   * The helpdesk. Built-in actions write through it. One that writes by itself (`strapi.documents` …) does so within the same
   * transaction, and calls `desk.flush()` first when it needs the ids of what earlier actions made.
   */
  desk: Desk;
  /** Set by the steps and actions as they go. */
  contact: Contact | null;
  comment: Comment | null;
}

/** A text of an action's config that captures fill. */
export interface FillableText {
  /** Where in the config. */
  path: (string | number)[];
  text: string;
  /** The ticket's attribute that gets it. */
  field?: string;
}

/**
 * One kind of thing that a rule can do. One file an action. In a list of all actions, each takes its own config alone, which `unknown` would not
 * let in.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Action<C = any> {
  /** The name in a rule's `actions`, such as `createContact`. */
  type: string;
  /** In the rule editor's list. */
  label: string;
  /**
   * What a rule's `config` must look like. A parse error is shown at the field it names. The rule editor makes a form of a flat
   * object, with `.meta({ title, description })` as labels and hints: see config-fields.ts.
   */
  config: z.ZodType<C>;
  /** One clause for the rule list: "create or update ticket (Open)". */
  describe(config: C): string;
  /** What `run` will look up, so that a batch of messages gets it with one query. Left out: nothing. */
  lookups?(message: ParsedMessage, config: C, ticketPrefix: string, ticketPrefixes: readonly string[]): { ticketNumbers?: string[] };
  /** Texts of the config that captures fill; those that name a group which no pattern has are refused. Left out: none. */
  texts?(config: C): FillableText[];
  /** What it ends: `rules` that come later, or all that would be done with the message. Left out: nothing. */
  ends?: 'rules' | 'message';
  /** What happens in the mailbox whatever the message is: a second copy of an email, about which nothing else is to do, gets it too. */
  effects?(config: C): MailboxEffect[];
  /** Decides, writes to the database, and returns what is to happen in the mailbox after the commit. Throws an ActionError. */
  run(context: ActionContext, config: C): Promise<MailboxEffect[]>;
  /** The same for a ticket alone. An action that has it can be chosen for time triggers, too. */
  onTicket?(context: TicketContext, config: C): Promise<void>;
}

/** An action about a ticket alone, which rules and time triggers run alike. */
export const ticketAction = <C>({
  onTicket,
  ...action
}: Omit<Action<C>, 'run'> & { onTicket(context: TicketContext, config: C): Promise<void> }): Action<C> => ({
  ...action,
  onTicket,
  run: async (context, config) => {
    await onTicket(context, config);
    return [];
  },
});

/** An action that cannot be done for this message, with the reason as a sentence for the scan log. */
export class ActionError extends SpokenError {
  constructor(said: Words) {
    super(said);
    this.name = 'ActionError';
  }
}

/** Whether it is an ActionError of any copy of this package: the code of a site may load a copy of its own, whose class is another one. */
export const isActionError = (thrown: unknown): thrown is ActionError =>
  thrown instanceof Error && thrown.name === 'ActionError' && 'said' in thrown;
