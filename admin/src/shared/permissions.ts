import { PLUGIN_ID } from '../pluginId';

/** `subject: null` must be said: Page.Protect compares strictly. */
const permission = (uid: string) => ({ action: `plugin::${PLUGIN_ID}.${uid}`, subject: null });

/** What a role may do here. The server asks for the same ones (docs/admin-api.md). */
export const permissions = {
  readScanners: [permission('read-scanners')],
  manageScanners: [permission('manage-scanners')],
  runScanners: [permission('run-scanners')],
  manageBlockList: [permission('manage-block-list')],
  readScanLog: [permission('read-scan-log')],
  manageEmailTemplates: [permission('manage-email-templates')],
  manageOutgoingMail: [permission('manage-outgoing-mail')],
  /** Some tickets at least: of several permissions, one is enough for a menu link and a page. */
  readTickets: [permission('read-tickets'), permission('read-own-tickets')],
  /** For a widget, which asks for all that it is given. */
  readAllTickets: [permission('read-tickets')],
  readOwnTickets: [permission('read-own-tickets')],
  editTickets: [permission('edit-tickets')],
  assignTickets: [permission('assign-tickets')],
  replyToTickets: [permission('reply-to-tickets')],
  /** Canned replies: one's own at least. */
  keepReplies: [permission('reply-to-tickets'), permission('write-internal-notes'), permission('manage-email-templates')],
  writeInternalNotes: [permission('write-internal-notes')],
  mergeTickets: [permission('merge-tickets')],
  deleteTickets: [permission('delete-tickets')],
  editContacts: [permission('edit-contacts')],
  readReports: [permission('read-reports')],
  manageTags: [permission('manage-tags')],
  manageStatuses: [permission('manage-statuses')],
  manageTeams: [permission('manage-teams')],
  manageSharedViews: [permission('manage-shared-views')],
  manageContactData: [permission('manage-contact-data')],
};

/** For useRBAC, which wants the same array on every render. */
export const allPermissions = Object.values(permissions).flat();
