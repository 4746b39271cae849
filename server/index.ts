import type { Core } from '@strapi/strapi';
import { hideTypesFromGraphql, keepOpenedTypes } from './content-api';
import contentTypes from './content-types';
import controllers from './controllers';
import { startCron, stopCron } from './cron';
import { permissionActions, policies } from './permissions';
import routes from './routes';
import services from './services';
import { registerActions } from './services/automation/actions';
import { startWebhooks, stopWebhooks } from './services/automation/send-webhooks';
import { startEngine } from './services/engine';
import { engineOf } from './services/engine/current';
import { subscribeDeletions } from './services/helpdesk/leftovers';
import { markChanges } from './services/helpdesk/unmeasured';
import { takeStatusForms } from './services/helpdesk/statuses';
import { subscribeRecordHooks } from './services/helpdesk/record-hooks';
import { prepareTicketNumbers } from './services/helpdesk/ticket-numbers';
import { startAfreshAfterImport } from './services/operations/after-import';
import { recountOnChange } from './services/inbox/ticket-counts';
import { announceClosing, announcePublicComments } from './services/outgoing/announce';
import { stopAlarms } from './services/outgoing/wake';
import { stopReadingBack } from './services/outgoing/read-back';
import { closeTransports } from './services/outgoing/smtp';
import { log } from './services/log';
import { stopListeners } from './services/scanner/listen';
import { endTurns, turnsEnded } from './services/scanner/turn';
import { plainWords } from './services/storage/failure';
import { endCheckpoints } from './services/storage/sqlite/checkpoints';
import { closeParser } from './services/scanner/runtime';
import { watchDocumentMiddlewares } from './services/platform/document-middlewares';
import { watchEventHub } from './services/platform/event-hub';
import { keepTables } from './services/platform/kept-tables';
import { checkStrapi } from './services/platform/self-check';
import { configDefaults, pluginConfig, validateConfig, type PluginConfig } from './services/settings/config';
import { renewSecrets } from './services/settings/secrets';
import { prepareTexts } from './services/storage/exact-texts';
import { keepOwnAttributes } from './services/storage/own-types';
import { keepOutOfGit, keepOutOfWatch } from './services/storage/private-folder';
import { createTables } from './services/storage/table-columns';
import { startTelling, stopTelling } from './services/telling/start';
import { createTextIndexes, stopFilling } from './services/storage/text-index';
import { measureSoonAfterChanges, stopMeasuring } from './services/times/measure';
import { endBackground } from './services/storage/work';
import { keepOneVersion } from './services/storage/versions';

/** How long a shutdown waits for scans to reach a safe end. All of them can also be cut off: the next scan goes on. */
const SHUTDOWN_MS = 5_000;

const schedules = new WeakMap<Core.Strapi, Promise<void>>();

/**
 * What runs by itself begins once Strapi listens for requests. `strapi console`, an export, an import and Strapi's other commands load the
 * plugin, too, and neither read a mailbox nor send what is due.
 */
function scheduleWhenServing(strapi: Core.Strapi): void {
  strapi.server.httpServer.once('listening', () => {
    const started = engineOf(strapi)
      .start(true)
      .then(() => {
        startWebhooks(strapi);
        startCron(strapi);
        measureSoonAfterChanges(strapi);
      })
      .catch((error) => log(strapi, 'error', 'The schedule could not be started', { reason: plainWords(error) }));
    schedules.set(strapi, started);
  });
}

const server = {
  config: {
    default: configDefaults,
    validator(config: PluginConfig) {
      validateConfig(config);
      // The only moment before every plugin's register() at which Strapi calls a plugin.
      watchDocumentMiddlewares(global.strapi);
      watchEventHub(global.strapi);
    },
  },

  register({ strapi }: { strapi: Core.Strapi }) {
    keepOwnAttributes(strapi, contentTypes);
    keepOneVersion(strapi, contentTypes);
    hideTypesFromGraphql(strapi);
    keepOpenedTypes(strapi);
    keepOutOfWatch(strapi);
    registerActions(strapi);
    takeStatusForms(strapi);
  },

  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    checkStrapi(strapi);
    await strapi.service('admin::permission').actionProvider.registerMany(permissionActions);
    await keepOutOfGit(strapi);
    await createTables(strapi);
    await renewSecrets(strapi, pluginConfig(strapi).previousEncryptionKeys);
    await keepTables(strapi);
    await prepareTexts(strapi);
    await createTextIndexes(strapi);
    await prepareTicketNumbers(strapi);
    await startAfreshAfterImport(strapi);
    await startEngine(strapi);
    subscribeRecordHooks(strapi);
    subscribeDeletions(strapi);
    announcePublicComments(strapi);
    announceClosing(strapi);
    recountOnChange(strapi);
    markChanges(strapi);
    startTelling(strapi);
    if (pluginConfig(strapi).schedule) scheduleWhenServing(strapi);
  },

  async destroy({ strapi }: { strapi: Core.Strapi }) {
    await schedules.get(strapi);
    stopCron(strapi);
    endTurns(strapi);
    await stopListeners(strapi);
    stopAlarms(strapi);
    await stopMeasuring(strapi);
    stopReadingBack(strapi);
    await stopTelling(strapi);
    await stopWebhooks(strapi);
    await stopFilling(strapi);
    await engineOf(strapi).stop(SHUTDOWN_MS);
    await endBackground(strapi, SHUTDOWN_MS);
    await turnsEnded(strapi, SHUTDOWN_MS);
    await closeParser(strapi);
    await endCheckpoints(strapi);
    closeTransports();
  },

  /** A copy for each start: a site's extensions change what Strapi is given, and these here say how the types are by themselves. */
  get contentTypes() {
    return structuredClone(contentTypes);
  },
  controllers,
  policies,
  routes,
  services,
};

export default server;
