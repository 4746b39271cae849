import { factories, type Core } from '@strapi/strapi';
import actions from './action/registry';
import { runTriggers } from './automation/run-triggers';
import { deliverDue } from './outgoing/deliver-due';
import { askDue } from './outgoing/satisfaction';
import type { OlderUnread } from './scanner/beginning';
import { scan } from './scanner/scan';
import steps from './scanner/steps/registry';
import { giveUpTables } from './platform/kept-tables';
import { UID } from './uids';

/** What other plugins and the site may call: `strapi.plugin('mail-scanner').service('scanner').run(documentId)`. */
const scanner = ({ strapi }: { strapi: Core.Strapi }) => ({
  /**
   * Scans now. Resolves with what became of the messages; see ScanResult. `unread` says what becomes of the unread emails that lie
   * there, for a scanner that was never activated; without it, older ones are left alone.
   */
  async run(documentId: string, { unread = null }: { unread?: OlderUnread | null } = {}) {
    const row = await strapi.db.query(UID.scanner).findOne({ where: { documentId } });
    if (!row) throw new Error(`There is no mail scanner "${documentId}".`);
    return scan(strapi, row, { older: unread });
  },
});

const outbox = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Sends all that is due and resolves when it has been tried. */
  deliver: () => deliverDue(strapi),
  /** Asks the customers who are due how content they are; the emails stand in the outbox then. */
  ask: () => askDue(strapi),
});

const triggers = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Has time triggers act on what is due. Resolves with how often one has acted. */
  run: () => runTriggers(strapi),
});

const removal = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** For who removes the plugin for good: the next start without it drops its tables. See docs/operations.md. */
  dropDataWhenRemoved: () => giveUpTables(strapi),
});

export default {
  actions,
  steps,
  scanner,
  outbox,
  triggers,
  removal,
  // What REST for the site stands on: see controllers/index.ts.
  ticket: factories.createCoreService(UID.ticket),
  comment: factories.createCoreService(UID.comment),
  contact: factories.createCoreService(UID.contact),
  account: factories.createCoreService(UID.account),
  tag: factories.createCoreService(UID.tag),
  'ticket-status': factories.createCoreService(UID.ticketStatus),
};
