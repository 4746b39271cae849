/** The words that both halves, the database and the API's answers use. A value that is stored never changes its spelling. */

/** What a ticket waits for. */
export const STATUS = { open: 'Open', inProgress: 'In Progress', waiting: 'Wait For Response', closed: 'Closed' } as const;
export type TicketStatus = (typeof STATUS)[keyof typeof STATUS];
export const STATUSES = ['Open', 'In Progress', 'Wait For Response', 'Closed'] as const satisfies TicketStatus[];

/** Whether the next step is ours; and whether it is the customer's, or nobody's. Of a status that a site has added, neither is known. */
export const waitsForUs = (status: string): boolean => status === STATUS.open || status === STATUS.inProgress;
export const waitsForOthers = (status: string): boolean => status === STATUS.waiting || status === STATUS.closed;

export const PRIORITIES = ['Low', 'Normal', 'High', 'Urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The lists that the inbox offers. `absent`: tickets of absent colleagues whose customers wait. */
export const VIEWS = ['mine', 'unassigned', 'absent', 'open', 'waiting', 'snoozed', 'all', 'closed'] as const;
export type TicketView = (typeof VIEWS)[number];

/** What status a ticket gets when somebody answers it at the panel, unless they choose another. */
export const AFTER_ANSWER = ['wait', 'close', 'keep'] as const;
export type AfterAnswer = (typeof AFTER_ANSWER)[number];

/** Where the panel goes on when an answer is sent. */
export const AFTERWARDS = ['stay', 'next', 'list'] as const;
export type Afterwards = (typeof AFTERWARDS)[number];

/** The recipients that an answer at the panel begins with: the sender of what it answers alone, or all who had that email, too. */
export const REPLY_TO = ['all', 'sender'] as const;
export type ReplyTo = (typeof REPLY_TO)[number];

/** By what door a comment came in; `page`: its customer wrote it on the page that a link of an email opens. */
export const COMMENT_SOURCES = ['email', 'admin', 'api', 'page'] as const;
export type CommentSource = (typeof COMMENT_SOURCES)[number];

/** Who did what the log of a ticket tells. */
export const ACTOR_KINDS = ['user', 'scanner', 'api', 'system', 'trigger', 'customer'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** What became of a message that was seen. */
export const OUTCOMES = ['processed', 'noMatch', 'duplicate', 'bounce', 'blocked', 'failed', 'quarantined', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The message did not get where it should: it is tried again, by itself and by people. */
export const FAILURES: readonly Outcome[] = ['failed', 'quarantined'];
/** What is decided about once more, with the rules of today, when somebody asks. */
export const REPEATABLE: readonly Outcome[] = [...FAILURES, 'noMatch', 'blocked'];
export const isRepeatable = (outcome: Outcome): boolean => REPEATABLE.includes(outcome);
export const isFailure = (outcome: Outcome): boolean => FAILURES.includes(outcome);

/**
 * What administrators are told: a ticket was given to them · somebody wrote on theirs · a new ticket has nobody · a ticket of their team has nobody · a note names them · an
 * answer of theirs did not arrive · somebody wrote on what they follow · a rule or a time trigger wants them to look · a customer
 * has rated what is theirs or what they follow · a ticket of theirs, or nobody's, is due soon
 * · a customer writes on a ticket of an absent colleague.
 */
export const NOTICE_KINDS = [
  'assigned',
  'answer',
  'unassigned',
  'team',
  'mention',
  'deliveryFailed',
  'followed',
  'called',
  'rated',
  'dueSoon',
  'absent',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Of tags. */
export const TAG_COLOURS = ['grey', 'indigo', 'blue', 'purple', 'green', 'orange', 'red'] as const;
export type TagColour = (typeof TAG_COLOURS)[number];

/** Where an outgoing email is. `scheduled`: its answer waits for the time that its author chose, and is no answer until then. */
export const DELIVERY_STATES = ['scheduled', 'queued', 'sending', 'sent', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What the outbox is filtered by. A bounce came after the server had taken the email. */
export const DELIVERY_FILTERS = ['scheduled', 'queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled'] as const;
export type DeliveryFilter = (typeof DELIVERY_FILTERS)[number];

export const PROTOCOLS = ['imap', 'pop3', 'graph'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
/** Those of a mail server that somebody enters. */
export type ServerProtocol = Exclude<Protocol, 'graph'>;

export const ENCRYPTIONS = ['ssl', 'starttls', 'none'] as const;
export type Encryption = (typeof ENCRYPTIONS)[number];

export const SCAN_TYPES = ['unread', 'sinceLastScan'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** What becomes of the unread emails that lie there when a scanner is activated, or runs before that. */
export const OLDER_UNREAD = ['take', 'leave'] as const;
export type OlderUnread = (typeof OLDER_UNREAD)[number];

/** The providers that an account can be connected with. */
export const PROVIDER_NAMES = ['microsoft', 'google', 'oidc'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** How a mailbox is signed in to. */
export const AUTH_TYPES = ['password', ...PROVIDER_NAMES] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/** `application`: nobody signs in. */
export const AUTHORIZATION_PERMISSIONS = ['delegated', 'application'] as const;
export type AuthorizationPermission = (typeof AUTHORIZATION_PERMISSIONS)[number];

export const CLOUDS = ['global', 'usgov', 'dod', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** How outgoing mail leaves. */
export const TRANSPORTS = ['smtp', 'graph', 'emailPlugin'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** How the emails of a scanner's tickets leave: by the outgoing mail settings, or by Microsoft Graph with the scanner's own account. */
export const ANSWERS_BY = ['outgoingMail', 'graph'] as const;
export type AnswersBy = (typeof ANSWERS_BY)[number];

/** What an account is connected for: the mail servers (IMAP, POP3, SMTP), or Microsoft Graph. */
export const ACCOUNT_USES = ['mail', 'graph'] as const;
export type AccountUse = (typeof ACCOUNT_USES)[number];

/** The recipients of an email template. */
export const RECIPIENTS = ['contactEmail', 'accountEmail', 'assignee', 'participants'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** Emails that customers get beside those about comments, by the keys of their templates: each is off until somebody switches it on. */
export const CUSTOMER_EMAILS = ['ticket-opened', 'ticket-closed', 'first-email', 'satisfaction'] as const;
export type CustomerEmail = (typeof CUSTOMER_EMAILS)[number];

/** The key of the template by which messages are forwarded to people outside of the conversation. */
export const FORWARD_TEMPLATE = 'forward';

/** How content a customer says to be with a ticket. */
export const SCORES = ['good', 'ok', 'bad'] as const;
export type Score = (typeof SCORES)[number];

/** Those of the panel, and of the emails to customers. */
export const LANGUAGES = ['en', 'de', 'es', 'fi', 'fr', 'sv'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Which raw sources are kept. */
export const KEEP_SOURCES = ['failed', 'all'] as const;
export type KeepSources = (typeof KEEP_SOURCES)[number];

/** `waiting`: active, not scanned yet; `overdue`: nobody scans it, though it is time. */
export type ScannerState = 'ok' | 'failing' | 'overdue' | 'waiting';

export type ProblemKind = 'scannerFailing' | 'scannerOverdue' | 'outboxWaiting' | 'deliveriesFailed' | 'messagesFailed' | 'webhooksFailed';

/**
 * What a time trigger waits for: the first answer is missing · the customer waits for an answer · we wait for the customer · a ticket that was
 * put off is back · a target comes near · a target is missed · the ticket is closed.
 */
export const TRIGGER_WHEN = ['noFirstAnswer', 'customerWaits', 'waitingForCustomer', 'snoozeOver', 'dueSoon', 'overdue', 'closed'] as const;
export type TriggerWhen = (typeof TRIGGER_WHEN)[number];

/** What takes longer than a moment. */
export type WorkKind = 'scan' | 'bulkChange';

/** How it ended. `interrupted`: its process has ended. */
export type WorkEnd = 'done' | 'stopped' | 'failed' | 'interrupted';

/** `stopping`: somebody has asked it to stop. */
export type WorkState = 'running' | 'stopping' | WorkEnd;
export const isUnderWay = (state: WorkState): boolean => state === 'running' || state === 'stopping';

/** What leads from a new installation to the first ticket, in this order. */
export const FIRST_STEPS = ['mailbox', 'rules', 'outgoing', 'roundTrip', 'active'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];
