import type { Core } from '@strapi/strapi';
import { domainOf } from '../lib/address';
import type { AuthorizationRow } from '../oauth/access-token';
import { findAuthorization, requireAuthorization } from '../oauth/authorizations';
import { refuse } from '../platform/refusal';
import { deleteSecret, knownSecrets, saveSecret, secretName } from '../settings/secrets';
import { changeOutgoingMail, getOutgoingMail, outgoingAccount, speechOf, type OutgoingMailSettings } from '../settings/settings';
import { UID } from '../uids';
import { scheduleDeliveries } from './wake';
import { automaticHeaders, markMessageId, newMark } from './site-mark';
import { EMAIL_WORDS } from './speech';
import { SendError, type OutgoingMail } from './transport';
import { checkSending } from './graph-transport';
import { mailboxOf, send } from './transports';
import type { TestEmail } from '../../../shared/api/settings';
import { inBoth, say, type Words } from '../../../shared/sentences/words';

/** The settings of outgoing mail with the password, as people keep them. */

const hasPassword = async (strapi: Core.Strapi): Promise<boolean> => (await knownSecrets(strapi, [secretName.outgoingPassword])).size > 0;

/** What somebody wants; without a password the saved one stays. */
interface OutgoingMailChange {
  settings: OutgoingMailSettings;
  password?: string;
}

/**
 * Changes the settings in one transaction with reading them, and sends what waits. `hasPasswordFor` says whether the saved password is for
 * that server. Throws a 400 beside the field for an authorization that is not there.
 */
export async function updateOutgoingMail(
  strapi: Core.Strapi,
  change: (before: OutgoingMailSettings, hasPasswordFor: (host: string) => boolean) => OutgoingMailChange,
): Promise<OutgoingMailSettings> {
  const saved = await changeOutgoingMail(strapi, async (before) => {
    const isKnown = await hasPassword(strapi);
    // A saved password goes to the server that it was entered for, and to no other.
    const { settings, password } = change(before, (host) => isKnown && before.host === host);
    const provider = settings.transport === 'graph' ? 'microsoft' : undefined;
    if (settings.authorization) await requireAuthorization(strapi, settings.authorization, provider);
    if (password) await saveSecret(strapi, secretName.outgoingPassword, password);
    if (!settings.username || settings.authorization) await deleteSecret(strapi, secretName.outgoingPassword);
    return settings;
  });
  scheduleDeliveries(strapi);
  return saved;
}

/** What is known beside the settings. */
interface OutgoingMailState {
  authorization: AuthorizationRow | null;
  hasPassword: boolean;
  warnings: Words[];
}

export async function stateOfOutgoingMail(strapi: Core.Strapi, settings: OutgoingMailSettings): Promise<OutgoingMailState> {
  return {
    authorization: settings.authorization ? await findAuthorization(strapi, settings.authorization) : null,
    hasPassword: await hasPassword(strapi),
    warnings: await senderWarnings(strapi, settings),
  };
}

/** Customers answer to the sender's address: when no active scanner reads it, their answers reach nobody. */
async function senderWarnings(strapi: Core.Strapi, { fromAddress }: OutgoingMailSettings): Promise<Words[]> {
  if (!fromAddress) return [];
  const address = fromAddress.toLowerCase();
  const scanners = await strapi.db.query(UID.scanner).findMany({ select: ['active', 'username', 'mailboxName', 'fromAddress'] });
  const reading = scanners.filter(({ username, mailboxName, fromAddress: own }) =>
    [username, mailboxName, own].some((name) => name?.toLowerCase() === address),
  );
  if (reading.some(({ active }) => active)) return [];
  return [say(reading.length > 0 ? 'form.senderNotReadYet' : 'form.senderNotRead', { address: fromAddress })];
}

/**
 * Sends a test email with the saved settings; `code` stands in its subject. A scanner that meets it makes no ticket of it. Resolves with what
 * the server says. Throws a 400 as long as no server is set up.
 */
export async function sendTestEmail(strapi: Core.Strapi, to: string, code?: string): Promise<TestEmail> {
  const outgoing = await getOutgoingMail(strapi);
  const account = outgoingAccount(outgoing);
  if (!account) return refuse([{ path: ['host'], said: say('form.saveFirst') }]);
  const { testSubject, testText: text } = EMAIL_WORDS[(await speechOf(strapi)).language];
  try {
    const missing =
      account.transport === 'graph' && account.authorization
        ? await checkSending(strapi, account.authorization, mailboxOf(account, outgoing.fromAddress), outgoing.fromAddress)
        : null;
    if (missing !== null) return { ok: false, ...inBoth('message', missing) };
    const mark = newMark(strapi, 'test');
    const mail: OutgoingMail = {
      from: { address: outgoing.fromAddress, name: outgoing.fromName },
      to: [{ address: to, name: '' }],
      cc: [],
      subject: code ? `${testSubject} (${code})` : testSubject,
      html: `<p>${text}</p>`,
      text,
      headers: automaticHeaders(mark),
      messageId: markMessageId(mark, domainOf(outgoing.fromAddress)),
    };
    const { response } = await send(strapi, account, mail);
    return { ok: true, ...inBoth('message', response) };
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    return { ok: false, ...inBoth('message', error.said) };
  }
}
