import { OPEN_TYPES } from '../content-api';
import type { Permission } from '../permissions';

/** Who sees some tickets at all; which ones, the handlers decide (controllers/ticket-access.ts). */
const READ: Permission[] = ['read-tickets', 'read-own-tickets'];

/** Who writes at all; public or not, the handler decides. */
const ANSWER: Permission[] = ['reply-to-tickets', 'write-internal-notes'];

/** Who writes to customers or into tickets, new ones among them. */
const WRITES: Permission[] = [...ANSWER, 'edit-tickets'];

/** Who has canned replies: their own at least; whether also everybody's, the handler decides. */
const KEEPS_REPLIES: Permission[] = [...ANSWER, 'manage-email-templates'];

/** Who has tags to choose from: for a ticket, for a rule, or to keep them. */
const SEES_TAGS: Permission[] = [...READ, 'edit-tickets', 'read-scanners', 'manage-tags'];

/** The same for statuses of the site's own. */
const SEES_STATUSES: Permission[] = [...READ, 'edit-tickets', 'read-scanners', 'manage-statuses'];
/** Who has teams to choose from. */
const SEES_TEAMS: Permission[] = [...READ, 'edit-tickets', 'assign-tickets', 'read-scanners', 'manage-teams'];

/** Who sees some kind of work; which kinds, the handler decides. */
const SEES_WORK: Permission[] = ['read-scanners', 'run-scanners', 'edit-tickets', 'assign-tickets'];

/** Who sets something up that the first ticket needs. */
const SET_UP: Permission[] = ['read-scanners', 'manage-scanners', 'manage-outgoing-mail'];

/** Every route of the admin API with its handler and the permission that it asks for; of several, one is enough. */
const ROUTES: [method: string, path: string, handler: string, permission: Permission | Permission[]][] = [
  ['GET', '/scanners', 'scanner.find', 'read-scanners'],
  ['POST', '/scanners', 'scanner.create', 'manage-scanners'],
  ['POST', '/scanners/test', 'scanner.test', 'manage-scanners'],
  ['GET', '/scanners/:id', 'scanner.findOne', 'read-scanners'],
  ['PUT', '/scanners/:id', 'scanner.update', 'manage-scanners'],
  ['DELETE', '/scanners/:id', 'scanner.delete', 'manage-scanners'],
  ['POST', '/scanners/:id/test', 'scanner.test', 'manage-scanners'],
  ['GET', '/scanners/:id/folders', 'scanner.folders', 'read-scanners'],
  ['GET', '/scanners/:id/unread', 'scanner.unread', ['manage-scanners', 'run-scanners']],
  ['POST', '/scanners/:id/run', 'scanner.run', 'run-scanners'],
  ['POST', '/scanners/:id/preview', 'scanner.preview', 'run-scanners'],

  ['GET', '/scanners/:id/rules', 'rule.find', 'read-scanners'],
  ['POST', '/scanners/:id/rules', 'rule.create', 'manage-scanners'],
  ['PUT', '/scanners/:id/rules/order', 'rule.reorder', 'manage-scanners'],
  ['POST', '/scanners/:id/rules/import', 'rule.import', 'manage-scanners'],
  ['POST', '/scanners/:id/rules/try', 'rule.try', 'manage-scanners'],
  ['GET', '/rule-proposal', 'rule.propose', 'read-scan-log'],
  ['GET', '/rules/:id', 'rule.findOne', 'read-scanners'],
  ['PUT', '/rules/:id', 'rule.update', 'manage-scanners'],
  ['DELETE', '/rules/:id', 'rule.delete', 'manage-scanners'],
  ['GET', '/rule-schema', 'rule.schema', 'read-scanners'],

  ['GET', '/triggers', 'trigger.find', 'read-scanners'],
  ['POST', '/triggers', 'trigger.create', 'manage-scanners'],
  ['POST', '/triggers/import', 'trigger.import', 'manage-scanners'],
  ['POST', '/triggers/count', 'trigger.count', 'manage-scanners'],
  ['GET', '/triggers/:id', 'trigger.findOne', 'read-scanners'],
  ['PUT', '/triggers/:id', 'trigger.update', 'manage-scanners'],
  ['DELETE', '/triggers/:id', 'trigger.delete', 'manage-scanners'],
  ['GET', '/trigger-schema', 'trigger.schema', 'read-scanners'],

  ['GET', '/webhooks', 'webhook.find', 'manage-scanners'],
  ['POST', '/webhooks', 'webhook.create', 'manage-scanners'],
  ['PUT', '/webhooks/:id', 'webhook.update', 'manage-scanners'],
  ['DELETE', '/webhooks/:id', 'webhook.delete', 'manage-scanners'],
  ['POST', '/webhooks/:id/retry', 'webhook.retry', 'manage-scanners'],

  ['GET', '/work', 'work.find', SEES_WORK],
  ['GET', '/work/:id', 'work.findOne', SEES_WORK],
  ['POST', '/work/:id/stop', 'work.stop', ['run-scanners', 'edit-tickets', 'assign-tickets']],

  ['GET', '/messages', 'message.find', 'read-scan-log'],
  ['POST', '/messages/retry', 'message.retryAll', 'run-scanners'],
  ['GET', '/messages/:id', 'message.findOne', 'read-scan-log'],
  ['GET', '/messages/:id/raw', 'message.raw', 'read-scan-log'],
  ['POST', '/messages/:id/retry', 'message.retry', 'run-scanners'],

  ['GET', '/block-list', 'block-list.find', 'manage-block-list'],
  ['POST', '/block-list', 'block-list.create', 'manage-block-list'],
  ['PUT', '/block-list', 'block-list.update', 'manage-block-list'],
  ['DELETE', '/block-list/:id', 'block-list.delete', 'manage-block-list'],
  ['POST', '/block-list/blocked', 'block-list.blocked', WRITES],
  ['POST', '/block-list/:id/decide-again', 'block-list.decideAgain', 'run-scanners'],

  ['GET', '/dead-letters', 'dead-letter.find', 'read-scanners'],
  ['POST', '/dead-letters/:id/retry', 'dead-letter.retry', 'run-scanners'],

  ['GET', '/oauth-providers', 'authorization.providers', 'manage-scanners'],
  ['PUT', '/oauth-providers/:provider', 'authorization.updateProvider', 'manage-scanners'],
  ['DELETE', '/oauth-providers/:provider', 'authorization.deleteProvider', 'manage-scanners'],
  ['GET', '/oauth/:provider/start', 'authorization.start', 'manage-scanners'],
  ['GET', '/oauth-failures/:id', 'authorization.failure', 'manage-scanners'],
  ['GET', '/authorizations', 'authorization.find', 'manage-scanners'],
  ['POST', '/authorizations', 'authorization.create', 'manage-scanners'],
  ['DELETE', '/authorizations/:id', 'authorization.delete', 'manage-scanners'],

  ['GET', '/email-templates', 'email-template.find', 'manage-email-templates'],
  ['GET', '/email-templates/:key', 'email-template.findOne', 'manage-email-templates'],
  ['PUT', '/email-templates/:key', 'email-template.update', 'manage-email-templates'],
  ['POST', '/email-templates/:key/preview', 'email-template.preview', 'manage-email-templates'],
  ['POST', '/email-templates/:key/reset', 'email-template.reset', 'manage-email-templates'],

  ['GET', '/canned-replies', 'canned-reply.find', KEEPS_REPLIES],
  ['POST', '/canned-replies', 'canned-reply.create', KEEPS_REPLIES],
  ['GET', '/canned-replies/tags', 'canned-reply.tags', KEEPS_REPLIES],
  ['GET', '/canned-replies/:id', 'canned-reply.findOne', KEEPS_REPLIES],
  ['PUT', '/canned-replies/:id', 'canned-reply.update', KEEPS_REPLIES],
  ['DELETE', '/canned-replies/:id', 'canned-reply.delete', KEEPS_REPLIES],
  ['POST', '/canned-replies/:id/attachments', 'canned-reply.attach', ANSWER],

  ['GET', '/outgoing-mail', 'settings.getOutgoingMail', 'manage-outgoing-mail'],
  ['PUT', '/outgoing-mail', 'settings.updateOutgoingMail', 'manage-outgoing-mail'],
  ['POST', '/outgoing-mail/test', 'settings.testOutgoingMail', 'manage-outgoing-mail'],
  ['POST', '/outgoing-mail/round-trip', 'settings.startRoundTrip', 'manage-outgoing-mail'],
  ['POST', '/outgoing-mail/round-trip/look', 'settings.lookForRoundTrip', 'manage-outgoing-mail'],
  ['GET', '/settings', 'settings.get', 'manage-outgoing-mail'],
  ['PUT', '/settings', 'settings.update', 'manage-outgoing-mail'],
  ['GET', '/content-links', 'content.links', 'manage-outgoing-mail'],
  ['PUT', '/content-links', 'content.saveLinks', 'manage-outgoing-mail'],
  ['GET', '/reports', 'report.find', 'read-reports'],
  ['GET', '/reports/csv', 'report.csv', 'read-reports'],
  ['GET', '/service-levels', 'service-levels.get', 'manage-outgoing-mail'],
  ['PUT', '/service-levels', 'service-levels.update', 'manage-outgoing-mail'],

  ['GET', '/contacts/:id/export', 'contact-data.export', 'manage-contact-data'],
  ['GET', '/contacts/:id/erasure', 'contact-data.plan', 'manage-contact-data'],
  ['DELETE', '/contacts/:id', 'contact-data.delete', 'manage-contact-data'],

  ['GET', '/alerts', 'alert.find', 'manage-outgoing-mail'],
  ['PUT', '/alerts', 'alert.update', 'manage-outgoing-mail'],
  ['POST', '/alerts/test', 'alert.test', 'manage-outgoing-mail'],
  ['GET', '/status', 'monitoring.status', 'read-scanners'],
  ['GET', '/first-steps', 'monitoring.firstSteps', SET_UP],

  ['GET', '/tickets', 'admin-ticket.find', READ],
  ['POST', '/tickets', 'admin-ticket.create', 'edit-tickets'],
  ['GET', '/tickets/new', 'answer.newTicket', 'edit-tickets'],
  ['GET', '/tickets/summary', 'admin-ticket.summary', READ],
  ['GET', '/tickets/assignees', 'admin-ticket.assignees', [...READ, 'manage-teams']],
  ['GET', '/tickets/opened', 'admin-ticket.opened', READ],
  ['POST', '/tickets/closing-emails', 'admin-ticket.closingEmails', 'edit-tickets'],
  ['PUT', '/tickets/bulk', 'admin-ticket.bulkUpdate', ['edit-tickets', 'assign-tickets']],
  ['PUT', '/tickets/spam', 'ticket-actions.spam', 'edit-tickets'],
  ['GET', '/tickets/:id', 'admin-ticket.findOne', READ],
  ['PUT', '/tickets/:id', 'admin-ticket.update', ['edit-tickets', 'assign-tickets']],
  ['GET', '/tickets/:id/comments', 'admin-ticket.comments', READ],
  ['POST', '/tickets/:id/comments', 'answer.create', ANSWER],
  ['POST', '/tickets/:id/forward', 'answer.forward', 'reply-to-tickets'],
  ['POST', '/comments/:id/undo', 'answer.undo', 'reply-to-tickets'],
  ['POST', '/comments/:id/attachments', 'upload.copy', 'reply-to-tickets'],
  ['PUT', '/tickets/:id/presence', 'answer.presence', ANSWER],
  ['GET', '/my-signature', 'answer.signature', 'reply-to-tickets'],
  ['PUT', '/my-signature', 'answer.saveSignature', 'reply-to-tickets'],
  ['GET', '/tickets/:id/people', 'answer.suggestions', 'reply-to-tickets'],
  ['GET', '/tickets/:id/canned-replies', 'answer.cannedReplies', ANSWER],
  ['GET', '/content-entries', 'content.entries', WRITES],
  ['GET', '/content-entries/:uid/:id', 'content.text', WRITES],
  ['POST', '/attachments', 'upload.create', ANSWER],
  ['DELETE', '/attachments/:id', 'upload.delete', ANSWER],
  ['DELETE', '/tickets/:id', 'ticket-actions.delete', 'delete-tickets'],
  ['POST', '/tickets/:id/merge', 'ticket-actions.merge', 'merge-tickets'],
  ['POST', '/tickets/:id/split', 'ticket-actions.split', 'merge-tickets'],
  ['PUT', '/tickets/:id/seen', 'admin-ticket.seen', READ],
  ['GET', '/tickets/:id/activities', 'ticket-actions.activities', READ],
  ['PUT', '/tickets/:id/follow', 'notice.follow', READ],
  ['PUT', '/tickets/:id/mute', 'notice.mute', READ],
  ['GET', '/tickets/:id/mentionable', 'notice.mentionable', READ],
  ['GET', '/notices', 'notice.find', READ],
  ['GET', '/notices/news', 'notice.news', READ],
  ['PUT', '/notices/read', 'notice.read', READ],
  ['GET', '/notices/choices', 'notice.choices', READ],
  ['PUT', '/notices/choices', 'notice.choose', READ],
  ['GET', '/saved-views', 'saved-view.find', READ],
  ['POST', '/saved-views', 'saved-view.create', READ],
  ['PUT', '/saved-views/order', 'saved-view.reorder', READ],
  ['PUT', '/saved-views/:id', 'saved-view.update', READ],
  ['DELETE', '/saved-views/:id', 'saved-view.delete', READ],
  ['GET', '/tags', 'admin-tag.find', SEES_TAGS],
  ['POST', '/tags', 'admin-tag.create', 'manage-tags'],
  ['PUT', '/tags/:id', 'admin-tag.update', 'manage-tags'],
  ['DELETE', '/tags/:id', 'admin-tag.delete', 'manage-tags'],
  ['GET', '/ticket-statuses', 'admin-ticket-status.find', SEES_STATUSES],
  ['POST', '/ticket-statuses', 'admin-ticket-status.create', 'manage-statuses'],
  ['PUT', '/ticket-statuses/order', 'admin-ticket-status.reorder', 'manage-statuses'],
  ['PUT', '/ticket-statuses/:id', 'admin-ticket-status.update', 'manage-statuses'],
  ['DELETE', '/ticket-statuses/:id', 'admin-ticket-status.delete', 'manage-statuses'],
  ['GET', '/teams', 'admin-team.find', SEES_TEAMS],
  ['POST', '/teams', 'admin-team.create', 'manage-teams'],
  ['PUT', '/teams/:id', 'admin-team.update', 'manage-teams'],
  ['DELETE', '/teams/:id', 'admin-team.delete', 'manage-teams'],
  ['PUT', '/agents/:id/absence', 'absence.set', [...READ, 'manage-teams']],
  ['GET', '/contacts', 'admin-contact.find', READ],
  ['POST', '/contacts', 'admin-contact.create', 'edit-contacts'],
  ['GET', '/contacts/:id', 'admin-contact.findOne', READ],
  ['PUT', '/contacts/:id', 'admin-contact.update', 'edit-contacts'],
  ['GET', '/contacts/:id/alike', 'admin-contact.alike', 'edit-contacts'],
  ['GET', '/contacts/:id/merge', 'admin-contact.mergePlan', 'edit-contacts'],
  ['POST', '/contacts/:id/merge', 'admin-contact.merge', 'edit-contacts'],
  ['GET', '/accounts', 'admin-account.find', READ],
  ['POST', '/accounts', 'admin-account.create', 'edit-contacts'],
  ['GET', '/accounts/:id', 'admin-account.findOne', READ],
  ['PUT', '/accounts/:id', 'admin-account.update', 'edit-contacts'],
  ['GET', '/accounts/:id/merge', 'admin-account.mergePlan', 'edit-contacts'],
  ['POST', '/accounts/:id/merge', 'admin-account.merge', 'edit-contacts'],
  ['GET', '/attachments/:id', 'admin-ticket.attachment', READ],
  ['GET', '/comments/:id/picture', 'admin-comment.picture', READ],
  ['GET', '/comments/:id/source', 'admin-comment.source', READ],
  ['GET', '/deliveries', 'delivery.find', READ],
  ['POST', '/deliveries/retry', 'delivery.retryFailed', 'reply-to-tickets'],
  ['POST', '/deliveries/:id/retry', 'delivery.retry', 'reply-to-tickets'],
  ['POST', '/deliveries/:id/cancel', 'delivery.cancel', 'reply-to-tickets'],
];

const contentApiRoutes = OPEN_TYPES.flatMap((type) => {
  const plural = type.endsWith('s') ? `${type}es` : `${type}s`;
  return [
    ['GET', `/${plural}`, 'find'],
    ['GET', `/${plural}/:id`, 'findOne'],
    ['POST', `/${plural}`, 'create'],
    ['PUT', `/${plural}/:id`, 'update'],
    ['DELETE', `/${plural}/:id`, 'delete'],
  ].map(([method, path, action]) => ({ method, path, handler: `${type}.${action}`, config: { policies: [] } }));
});

/** Where a provider sends the browser back to. It carries no token of the panel; the `state` says whose sign-in it is. */
const callbackRoute = {
  method: 'GET',
  path: '/oauth/:provider/callback',
  handler: 'authorization.callback',
  config: { auth: false, policies: [] },
};

/** For a monitoring system, which is no administrator: the token in config/plugins says whether it may ask. */
const monitoringRoutes = ['health', 'metrics'].map((name) => ({
  method: 'GET',
  path: `/${name}`,
  handler: `monitoring.${name}`,
  config: { auth: false, policies: [] },
}));

/** For customers, by the links of their emails: what they hold says who may come, so no role of the site has to be set up. */
const customerRoutes = [
  ['GET', '/customer', 'customer-ticket.page'],
  ['GET', '/customer/ticket', 'customer-ticket.show'],
  ['GET', '/customer/files/:id', 'customer-ticket.file'],
  ['POST', '/customer/comments', 'customer-ticket.answer'],
  ['POST', '/customer/close', 'customer-ticket.close'],
  ['GET', '/rating/:token', 'rating.show'],
  ['POST', '/rating/:token', 'rating.save'],
].map(([method, path, handler]) => ({ method, path, handler, config: { auth: false, policies: [] } }));

export default {
  admin: {
    type: 'admin',
    routes: [
      callbackRoute,
      ...monitoringRoutes,
      ...ROUTES.map(([method, path, handler, permission]) => ({
        method,
        path,
        handler,
        config: {
          policies: [
            'admin::isAuthenticatedAdmin',
            { name: 'plugin::mail-scanner.may-one-of', config: { permissions: [permission].flat() } },
          ],
        },
      })),
    ],
  },
  'content-api': { type: 'content-api', routes: [...contentApiRoutes, ...customerRoutes] },
};
