import { PLUGIN_ID } from './pluginId';

/** `subject: null` must be said: Page.Protect compares strictly. */
const permission = (uid: string) => ({ action: `plugin::${PLUGIN_ID}.${uid}`, subject: null });

/** What a role may do here. The server asks for the same ones (docs/admin-api.md). */
export const permissions = {
  readScanners: [permission('read-scanners')],
  manageScanners: [permission('manage-scanners')],
  runScanners: [permission('run-scanners')],
  readScanLog: [permission('read-scan-log')],
  manageEmailTemplates: [permission('manage-email-templates')],
  manageOutgoingMail: [permission('manage-outgoing-mail')],
  readTickets: [permission('read-tickets')],
  editTickets: [permission('edit-tickets')],
  replyToTickets: [permission('reply-to-tickets')],
};

/** For useRBAC, which wants the same array on every render. */
export const allPermissions = Object.values(permissions).flat();
