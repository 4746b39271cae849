import type { CannedReply, FilledReply, SuggestedPerson, TakenBack } from './answering';
import type { Authorization, AuthorizationBrief, OAuthProvider } from './authorizations';
import type { BlockedSender, SpamResult } from './block-list';
import type { ContentEntry, ContentLinks } from './content';
import type { DeadLetter } from './dead-letters';
import type { OutboxRow } from './deliveries';
import type { EmailPreview, EmailTemplate } from './email-templates';
import type { Message, RetryResult } from './messages';
import type { AlertResult, AlertSettings, FirstSteps, SiteHealth } from './operations';
import type {
  Account,
  AccountMergePlan,
  ContactAlike,
  ContactMergePlan,
  ErasurePlan,
  ListedAccount,
  ListedContact,
  WholeContact,
} from './people';
import type { Following, NewsCount, Notice, NoticeChoices } from './notices';
import type { Rule, RuleProposal, RuleSchema, RulesImport, RuleTry } from './rules';
import type { ConnectionTest, Folder, PreviewedMessage, RunResult, Scanner } from './scanners';
import type { Report } from './reports';
import type { SavedView } from './saved-views';
import type { ServiceLevels } from './service-levels';
import type { OutgoingMail, RoundTrip, Settings, TestEmail } from './settings';
import type { Tag } from './tags';
import type { KeptStatus } from './ticket-statuses';
import type { Absence } from './absences';
import type { Team } from './teams';
import type { Activity, NamedTicket, NewTicketOffers } from './ticket-actions';
import type { Trigger, TriggerCount, TriggerSchema, TriggersImport } from './triggers';
import type { Words } from '../sentences/words';
import type { Agent, Attachment, Comment, HelpdeskSummary, ListedTicket, Ticket, TicketRow } from './tickets';
import type { Webhook } from './webhooks';
import type { Work, WorkWithResult } from './work';

type Deleted = { documentId: string };
type DeliveryChange = { documentId: string; state: string };
type TagList = { tag: string; label: string }[];

/**
 * What each route of the admin API answers in `data` to somebody who may see all. A list in pages has its pagination in `meta` beside it.
 * tests/api/contract.test.ts holds the server to it.
 */
export interface Answers {
  'GET /scanners': Scanner[];
  'POST /scanners': Scanner;
  'POST /scanners/test': ConnectionTest;
  'GET /scanners/:id': Scanner;
  'PUT /scanners/:id': Scanner;
  'DELETE /scanners/:id': Deleted;
  'POST /scanners/:id/test': ConnectionTest;
  'GET /scanners/:id/folders': Folder[];
  'GET /scanners/:id/unread': { count: number | null };
  'POST /scanners/:id/run': RunResult | Work;
  'POST /scanners/:id/preview': PreviewedMessage[];

  'GET /scanners/:id/rules': Rule[];
  'POST /scanners/:id/rules': Rule;
  'PUT /scanners/:id/rules/order': Rule[];
  'POST /scanners/:id/rules/import': RulesImport;
  'POST /scanners/:id/rules/try': RuleTry;
  'GET /rule-proposal': RuleProposal;
  'GET /rules/:id': Rule;
  'PUT /rules/:id': Rule;
  'DELETE /rules/:id': Deleted;
  'GET /rule-schema': RuleSchema;

  'GET /work': Work[];
  'GET /work/:id': WorkWithResult;
  'POST /work/:id/stop': Work;

  'GET /messages': Message[];
  'POST /messages/retry': RetryResult;
  'GET /messages/:id': Message;
  'POST /messages/:id/retry': RetryResult;

  'GET /block-list': BlockedSender[];
  'POST /block-list': { added: string[] };
  'PUT /block-list': { toJunk: boolean };
  'DELETE /block-list/:id': null;
  'POST /block-list/blocked': string[];
  'POST /block-list/:id/decide-again': RetryResult;

  'GET /dead-letters': DeadLetter[];
  'POST /dead-letters/:id/retry': { id: string };

  'GET /oauth-providers': OAuthProvider[];
  'PUT /oauth-providers/:provider': OAuthProvider;
  'DELETE /oauth-providers/:provider': OAuthProvider;
  'GET /oauth/:provider/start': { url: string };
  'GET /oauth-failures/:id': { message: string; messageSaid: Words };
  'GET /authorizations': Authorization[];
  'POST /authorizations': AuthorizationBrief;
  'DELETE /authorizations/:id': Deleted;

  'GET /email-templates': EmailTemplate[];
  'GET /email-templates/:key': EmailTemplate;
  'PUT /email-templates/:key': EmailTemplate;
  'POST /email-templates/:key/preview': EmailPreview;
  'POST /email-templates/:key/reset': EmailTemplate;

  'GET /triggers': Trigger[];
  'POST /triggers': Trigger;
  'POST /triggers/import': TriggersImport;
  'POST /triggers/count': TriggerCount;
  'GET /triggers/:id': Trigger;
  'PUT /triggers/:id': Trigger;
  'DELETE /triggers/:id': null;
  'GET /trigger-schema': TriggerSchema;

  'GET /webhooks': Webhook[];
  'POST /webhooks': Webhook;
  'PUT /webhooks/:id': Webhook;
  'DELETE /webhooks/:id': null;
  'POST /webhooks/:id/retry': { retried: number };

  'GET /canned-replies': CannedReply[];
  'POST /canned-replies': CannedReply;
  'GET /canned-replies/tags': TagList;
  'GET /canned-replies/:id': CannedReply;
  'PUT /canned-replies/:id': CannedReply;
  'DELETE /canned-replies/:id': null;

  'GET /outgoing-mail': OutgoingMail;
  'PUT /outgoing-mail': OutgoingMail;
  'POST /outgoing-mail/test': TestEmail;
  'POST /outgoing-mail/round-trip': TestEmail;
  'POST /outgoing-mail/round-trip/look': RoundTrip | null;
  'GET /settings': Settings;
  'PUT /settings': Settings;
  'GET /reports': Report;
  'GET /service-levels': ServiceLevels;
  'PUT /service-levels': ServiceLevels;

  'GET /contacts/:id/erasure': ErasurePlan;
  'DELETE /contacts/:id': ErasurePlan;

  'GET /alerts': AlertSettings;
  'PUT /alerts': AlertSettings;
  'POST /alerts/test': AlertResult[];
  'GET /status': SiteHealth;
  'GET /first-steps': FirstSteps;

  'GET /tickets': ListedTicket[];
  'POST /tickets': TicketRow;
  'GET /tickets/new': NewTicketOffers;
  'GET /tickets/summary': HelpdeskSummary;
  'GET /tickets/assignees': Agent[];
  'GET /tickets/opened': { since: string; count: number }[];
  'POST /tickets/closing-emails': { emails: number };
  'PUT /tickets/bulk': { changed: number } | Work;
  'PUT /tickets/spam': SpamResult | Work;
  'GET /tickets/:id': Ticket;
  'PUT /tickets/:id': TicketRow;
  'DELETE /tickets/:id': null;
  'GET /tickets/:id/comments': Comment[];
  'POST /tickets/:id/comments': Comment;
  'POST /tickets/:id/forward': Comment;
  'POST /comments/:id/undo': TakenBack;
  'POST /comments/:id/attachments': Attachment[];
  'PUT /tickets/:id/presence': { answering: Agent[] };
  'GET /my-signature': { html: string };
  'PUT /my-signature': { html: string };
  'GET /tickets/:id/people': SuggestedPerson[];
  'GET /tickets/:id/canned-replies': FilledReply[];
  'GET /content-links': ContentLinks;
  'PUT /content-links': ContentLinks;
  'GET /content-entries': ContentEntry[];
  'GET /content-entries/:uid/:id': { html: string };
  'POST /canned-replies/:id/attachments': Attachment[];
  'POST /attachments': Attachment;
  'DELETE /attachments/:id': null;
  'POST /tickets/:id/merge': NamedTicket;
  'POST /tickets/:id/split': NamedTicket;
  'PUT /tickets/:id/seen': null;
  'GET /tickets/:id/activities': Activity[];

  'PUT /tickets/:id/follow': Following;
  'PUT /tickets/:id/mute': Following;
  'GET /tickets/:id/mentionable': Agent[];

  'GET /notices': Notice[];
  'GET /notices/news': NewsCount;
  'PUT /notices/read': { unread: number };
  'GET /notices/choices': NoticeChoices;
  'PUT /notices/choices': NoticeChoices;

  'GET /saved-views': SavedView[];
  'POST /saved-views': SavedView;
  'PUT /saved-views/order': SavedView[];
  'PUT /saved-views/:id': SavedView;
  'DELETE /saved-views/:id': null;

  'GET /tags': Tag[];
  'POST /tags': Tag;
  'PUT /tags/:id': Tag;
  'DELETE /tags/:id': null;
  'GET /ticket-statuses': KeptStatus[];
  'POST /ticket-statuses': KeptStatus;
  'PUT /ticket-statuses/order': KeptStatus[];
  'PUT /ticket-statuses/:id': KeptStatus;
  'DELETE /ticket-statuses/:id': null;

  'PUT /agents/:id/absence': Absence | null;
  'GET /teams': Team[];
  'POST /teams': Team;
  'PUT /teams/:id': Team;
  'DELETE /teams/:id': null;

  'GET /contacts': ListedContact[];
  'POST /contacts': WholeContact;
  'GET /contacts/:id': WholeContact;
  'PUT /contacts/:id': WholeContact;
  'GET /contacts/:id/alike': ContactAlike[];
  'GET /contacts/:id/merge': ContactMergePlan;
  'POST /contacts/:id/merge': WholeContact;
  'GET /accounts': ListedAccount[];
  'POST /accounts': Account;
  'GET /accounts/:id': Account;
  'PUT /accounts/:id': Account;
  'GET /accounts/:id/merge': AccountMergePlan;
  'POST /accounts/:id/merge': Account;

  'GET /deliveries': OutboxRow[];
  'POST /deliveries/retry': { retried: number };
  'POST /deliveries/:id/retry': DeliveryChange;
  'POST /deliveries/:id/cancel': DeliveryChange;
}
