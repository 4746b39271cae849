/** What a role may do, as Strapi's role editor lists it. Routes name these; the panel hides what a role may not. */
const PERMISSIONS = [
  { uid: 'read-scanners', displayName: 'See mail scanners and rules', subCategory: 'mail scanners' },
  { uid: 'manage-scanners', displayName: 'Create, change and delete mail scanners and rules', subCategory: 'mail scanners' },
  { uid: 'run-scanners', displayName: 'Run, preview and retry', subCategory: 'mail scanners' },
  { uid: 'read-scan-log', displayName: 'See the scan log', subCategory: 'scan log' },
  { uid: 'manage-email-templates', displayName: 'Change email templates', subCategory: 'outgoing mail' },
  { uid: 'manage-outgoing-mail', displayName: 'Change outgoing mail and additional settings', subCategory: 'outgoing mail' },
  { uid: 'read-tickets', displayName: 'See tickets', subCategory: 'tickets' },
  { uid: 'edit-tickets', displayName: 'Open and change tickets', subCategory: 'tickets' },
  { uid: 'reply-to-tickets', displayName: 'Comment on tickets', subCategory: 'tickets' },
] as const;

export type Permission = (typeof PERMISSIONS)[number]['uid'];

export const permissionActions = PERMISSIONS.map((permission) => ({ section: 'plugins', pluginName: 'mail-scanner', ...permission }));
