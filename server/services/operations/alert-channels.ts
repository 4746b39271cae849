import type { AlertResult } from '../../../shared/api/operations';
import { inBoth, say } from '../../../shared/sentences/words';
import type { Core } from '@strapi/strapi';
import { domainOf } from '../lib/address';
import { textToHtml } from '../lib/html';
import { SpokenError } from '../lib/spoken-error';
import { log, withoutAddresses } from '../log';
import { postJson } from '../network/post-json';
import { sendAsSite } from '../outgoing/email-plugin';
import { send } from '../outgoing/transports';
import { alertWebhook, type AlertSettings } from '../settings/alert-settings';
import { pluginConfig } from '../settings/config';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { plainWords, wordsOf } from '../storage/failure';
import { automaticHeaders, markMessageId, newMark } from '../outgoing/site-mark';
import type { Alert } from './alert-words';

/** The ways by which an alert reaches people. */

/** Sends an alert by every way that is set up. Never throws: the results say what went wrong. */
export async function sendAlert(strapi: Core.Strapi, alert: Alert, { emails, webhookHost }: AlertSettings): Promise<AlertResult[]> {
  return Promise.all([
    ...(emails.length > 0 ? [tried('email', () => byEmail(strapi, alert, emails))] : []),
    ...(webhookHost ? [tried('webhook', () => byWebhook(strapi, alert))] : []),
  ]);
}

async function tried(channel: AlertResult['channel'], work: () => Promise<void>): Promise<AlertResult> {
  try {
    await work();
    return { channel, ...inBoth('error', null) };
  } catch (error) {
    return { channel, ...inBoth('error', wordsOf(error)) };
  }
}

const htmlOf = (text: string): string => `<p>${textToHtml(text)}</p>`;

/** Through our own outgoing mail; where that does not work, which may be what the alert is about, through the site's. */
async function byEmail(strapi: Core.Strapi, alert: Alert, emails: string[]): Promise<void> {
  try {
    await byOwnMail(strapi, alert, emails);
  } catch (error) {
    if (!hasEmailPlugin(strapi)) throw error;
    log(strapi, 'warn', 'An alert goes by Strapi’s email plugin, because outgoing mail does not work', {
      alert: alert.kind,
      reason: plainWords(error),
    });
    await byEmailPlugin(strapi, alert, emails);
  }
}

async function byOwnMail(strapi: Core.Strapi, { subject, text }: Alert, emails: string[]): Promise<void> {
  const outgoing = await getOutgoingMail(strapi);
  const account = outgoingAccount(outgoing);
  if (!account) throw new SpokenError(say('alert.noOutgoing'));
  const mark = newMark(strapi, 'alert');
  await send(strapi, account, {
    from: { address: outgoing.fromAddress, name: outgoing.fromName },
    to: emails.map((address) => ({ address, name: '' })),
    cc: [],
    subject,
    html: htmlOf(text),
    text,
    headers: automaticHeaders(mark),
    messageId: markMessageId(mark, domainOf(outgoing.fromAddress)),
  });
}

/** Strapi's provider for a site that has set up none hands mail to a local sendmail, which is rarely there and loses it in silence. */
const hasEmailPlugin = (strapi: Core.Strapi): boolean =>
  Boolean(strapi.plugin('email')) && strapi.config.get('plugin::email.provider', 'sendmail') !== 'sendmail';

/** With an HTML part of our own: Strapi's provider for Nodemailer makes one of the bare text, in which line ends and what stands in `<>` are lost. */
async function byEmailPlugin(strapi: Core.Strapi, { subject, text }: Alert, emails: string[]): Promise<void> {
  for (const to of emails) {
    const mark = newMark(strapi, 'alert');
    const messageId = markMessageId(mark, domainOf(to));
    await sendAsSite(strapi, { to, subject, text, html: htmlOf(text), headers: automaticHeaders(mark), messageId });
  }
}

/** `text` is what Slack, Mattermost, Rocket.Chat and Teams show; the rest is for programs. */
async function byWebhook(strapi: Core.Strapi, { event, kind, subject, text, since, scanner }: Alert): Promise<void> {
  const url = await alertWebhook(strapi);
  if (!url) throw new SpokenError(say('alert.noUrl'));
  const words = withoutAddresses(`${subject}\n${text}`);
  const named = scanner && { documentId: scanner.documentId, name: withoutAddresses(scanner.name) };
  await postJson(url, { text: words, event, kind, since, scanner: named }, pluginConfig(strapi));
}
