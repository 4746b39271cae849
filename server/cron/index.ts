import type { Core } from '@strapi/strapi';
import { runTriggers } from '../services/automation/run-triggers';
import { askWebhooks } from '../services/automation/send-webhooks';
import { engineOf } from '../services/engine/current';
import { sendScheduled } from '../services/inbox/send-later';
import { sweepUploads } from '../services/inbox/uploads';
import { wakeTickets } from '../services/inbox/wake-tickets';
import { log } from '../services/log';
import { askDue } from '../services/outgoing/satisfaction';
import { watchHealth } from '../services/operations/alerts';
import { runHousekeeping } from '../services/operations/housekeeping';
import { reconcileListeners } from '../services/scanner/listen';
import { giveSecondChances } from '../services/scanner/second-chances';
import { measureTimes } from '../services/times/measure';
import { addDigests } from '../services/telling/digest';
import { noteWhatIsDue } from '../services/telling/due';
import { sendNoticeEmails } from '../services/telling/emails';
import { spreadNews } from '../services/telling/spread';
import { plainWords } from '../services/storage/failure';

/** What runs by itself: a name, when, and what. Every instance runs it; leases see to it that work is done once. */
const TASKS = {
  'mail-scanner:scan': { rule: '*/15 * * * * *', task: (strapi: Core.Strapi) => engineOf(strapi).scanDue() },
  'mail-scanner:listen': { rule: '*/10 * * * * *', task: reconcileListeners },
  'mail-scanner:deliver': { rule: '*/10 * * * * *', task: (strapi: Core.Strapi) => engineOf(strapi).deliverDue() },
  'mail-scanner:later': { rule: '*/5 * * * * *', task: sendScheduled },
  'mail-scanner:ask': { rule: '50 * * * * *', task: askDue },
  'mail-scanner:wake': { rule: '5/15 * * * * *', task: wakeTickets },
  'mail-scanner:tell': { rule: '5/10 * * * * *', task: spreadNews },
  'mail-scanner:due': { rule: '25 * * * * *', task: noteWhatIsDue },
  'mail-scanner:digest': { rule: '35 * * * * *', task: (strapi: Core.Strapi) => addDigests(strapi) },
  'mail-scanner:tell-by-email': { rule: '3/15 * * * * *', task: sendNoticeEmails },
  'mail-scanner:sweep': { rule: '0 17 * * * *', task: sweepUploads },
  'mail-scanner:times': { rule: '*/20 * * * * *', task: measureTimes },
  'mail-scanner:webhooks': { rule: '8/10 * * * * *', task: async (strapi: Core.Strapi) => askWebhooks(strapi) },
  'mail-scanner:triggers': { rule: '10/15 * * * * *', task: runTriggers },
  'mail-scanner:alerts': { rule: '45 * * * * *', task: watchHealth },
  'mail-scanner:retry': { rule: '15 */5 * * * *', task: giveSecondChances },
  'mail-scanner:housekeeping': { rule: '30 */10 * * * *', task: runHousekeeping },
};

export function startCron(strapi: Core.Strapi): void {
  for (const [name, { rule, task }] of Object.entries(TASKS)) {
    strapi.cron.add({
      [name]: {
        task: () => task(strapi).catch((error: Error) => log(strapi, 'error', 'A task failed', { task: name, reason: plainWords(error) })),
        options: { rule },
      },
    });
  }
}

export function stopCron(strapi: Core.Strapi): void {
  for (const name of Object.keys(TASKS)) strapi.cron.remove(name);
}
