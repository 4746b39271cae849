import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { teamsInSight } from './services/inbox/viewer';

/** What a role may do, as Strapi's role editor lists it. Routes name these; the panel hides what a role may not. */
const PERMISSIONS = [
  { uid: 'read-scanners', displayName: 'See mail scanners and rules', subCategory: 'mail scanners' },
  { uid: 'manage-scanners', displayName: 'Create, change and delete mail scanners and rules', subCategory: 'mail scanners' },
  { uid: 'run-scanners', displayName: 'Run, preview and retry', subCategory: 'mail scanners' },
  { uid: 'manage-block-list', displayName: 'See and change the block list', subCategory: 'mail scanners' },
  { uid: 'read-scan-log', displayName: 'See the scan log', subCategory: 'scan log' },
  { uid: 'manage-email-templates', displayName: 'Change email templates', subCategory: 'outgoing mail' },
  { uid: 'manage-outgoing-mail', displayName: 'Change outgoing mail and additional settings', subCategory: 'outgoing mail' },
  // The wide ones came first and stay as wide as they were; the narrow ones beside them are for roles that are to do less.
  { uid: 'read-tickets', displayName: 'See all tickets', subCategory: 'tickets' },
  { uid: 'read-own-tickets', displayName: 'See only tickets that are assigned to oneself (no unassigned ones)', subCategory: 'tickets' },
  { uid: 'read-all-teams', displayName: 'See tickets of all teams, where tickets are seen by teams', subCategory: 'tickets' },
  { uid: 'edit-tickets', displayName: 'Open and change tickets, also assign them', subCategory: 'tickets' },
  { uid: 'assign-tickets', displayName: 'Assign tickets and change nothing else', subCategory: 'tickets' },
  { uid: 'reply-to-tickets', displayName: 'Reply to customers and write internal notes', subCategory: 'tickets' },
  { uid: 'write-internal-notes', displayName: 'Write internal notes and no replies', subCategory: 'tickets' },
  { uid: 'merge-tickets', displayName: 'Merge and split tickets', subCategory: 'tickets' },
  { uid: 'delete-tickets', displayName: 'Delete tickets', subCategory: 'tickets' },
  { uid: 'read-reports', displayName: 'See reports on all tickets', subCategory: 'tickets' },
  { uid: 'manage-tags', displayName: 'Create, change and delete tags', subCategory: 'tickets' },
  { uid: 'manage-statuses', displayName: 'Create, change and delete statuses of tickets', subCategory: 'tickets' },
  { uid: 'manage-teams', displayName: 'Create, change and delete teams', subCategory: 'tickets' },
  { uid: 'manage-shared-views', displayName: 'Save, change and delete views of the team', subCategory: 'tickets' },
  { uid: 'manage-contact-data', displayName: 'Export and delete all data of a contact', subCategory: 'tickets' },
  { uid: 'edit-contacts', displayName: 'Change contacts and accounts', subCategory: 'tickets' },
] as const;

export type Permission = (typeof PERMISSIONS)[number]['uid'];

export const permissionActions = PERMISSIONS.map((permission) => ({ section: 'plugins', pluginName: 'mail-scanner', ...permission }));

export const policies = {
  /** Lets through who has one of several permissions; Strapi's own policy asks for all of them. */
  'may-one-of': async (
    ctx: Context,
    { permissions }: { permissions: Permission[] },
    { strapi }: { strapi: Core.Strapi },
  ): Promise<boolean> => {
    const may = (permission: Permission): boolean => ctx.state.userAbility.can(`plugin::mail-scanner.${permission}`);
    if (!permissions.some(may)) return false;
    // For viewerOf, which has no time to ask.
    ctx.state.mailScannerTeams = may('read-all-teams') ? null : await teamsInSight(strapi, ctx.state.user.id);
    return true;
  },
};
