import { readFile } from 'node:fs/promises';
import type { Core } from '@strapi/strapi';
import { redact } from '../lib/redact';
import type { Address } from '../message/types';
import { optionsFor, type Part, type Parts } from './email-shapes';
import { SendError, type OutgoingFile, type OutgoingMail, type SentMail, type Transport } from './transport';
import { inEnglish, say } from '../../../shared/sentences/words';

/**
 * Sends by the site's own Email plugin, whatever provider it has. There is no common answer, no envelope and no rule for what providers keep:
 * each gets the same options, under the names that the known ones look for, and its answer is read for what it may tell.
 */

/** Strapi's default: it delivers by itself, from any machine, which most mailboxes refuse. */
const DEFAULT_PROVIDER = 'sendmail';

/** The name of the provider that the site has set up; null where it has none. */
export function emailProviderOf(strapi: Core.Strapi): string | null {
  const { provider = DEFAULT_PROVIDER } = strapi.config.get<{ provider?: string }>('plugin::email', {});
  const isThere = strapi.plugin('email') !== undefined;
  return isThere && provider.toLowerCase() !== DEFAULT_PROVIDER ? provider : null;
}

/** Longer than a provider needs that is only slow. Behind it nobody knows whether the email was taken. */
const DEFAULT_TIMEOUT_MS = 120_000;

export const emailPluginTransport = (strapi: Core.Strapi, timeoutMs = DEFAULT_TIMEOUT_MS): Transport => ({
  async send(mail) {
    const name = emailProviderOf(strapi);
    if (name === null) throw new SendError(say('outgoing.noEmailPlugin'), false, null);
    if (mail.attachments?.length && WITHOUT_FILES.test(name))
      throw new SendError(say('outgoing.pluginNoFiles', { provider: name }), true, null);
    const hand = (handed: OutgoingMail) => handOver(strapi, handed, name, timeoutMs);
    const unseen = onlyUnseenLeft(mail);
    return unseen.length > 1 ? oneByOne(mail, unseen, hand) : hand(mail);
  },
});

async function handOver(strapi: Core.Strapi, mail: OutgoingMail, name: string, timeoutMs: number): Promise<SentMail> {
  const options = optionsFor(name, await partsOf(mail));
  try {
    const asked = Promise.resolve(strapi.plugin('email').service('email').send(options));
    const answer = await within(asked, timeoutMs, name);
    requireYes(answer);
    return sentBy(name, mail, answer);
  } catch (error) {
    throw error instanceof SendError ? error : toSendError(error, name, secretsOf(strapi));
  }
}

/** Those in blind copy, where all others have the mail already. */
function onlyUnseenLeft({ to, cc, bcc = [], onlyTo }: OutgoingMail): string[] {
  if (!onlyTo || [...to, ...cc].some(({ address }) => onlyTo.includes(address))) return [];
  return bcc.map(({ address }) => address).filter((address) => onlyTo.includes(address));
}

/** Without an envelope somebody has to stand in To: each in a mail of their own, so that none sees another. Throws when none can be handed over. */
async function oneByOne(mail: OutgoingMail, addresses: string[], hand: (mail: OutgoingMail) => Promise<SentMail>): Promise<SentMail> {
  const taken: SentMail[] = [];
  const refused: { address: string; error: SendError }[] = [];
  for (const address of addresses)
    await hand({ ...mail, onlyTo: [address] }).then(
      (sent) => void taken.push(sent),
      (error: SendError) => void refused.push({ address, error }),
    );
  if (taken.length === 0) throw refused[0].error;
  const failed = refused.map(({ address, error }) => ({ address, response: inEnglish(error.said), permanent: error.permanent }));
  return { ...taken[0], rejected: [...taken.flatMap(({ rejected }) => rejected), ...failed] };
}

/** The mail may leave all the same, and perhaps under another Message-ID: so it is not sent again by itself. */
async function within<T>(asked: Promise<T>, timeoutMs: number, provider: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const seconds = Math.round(timeoutMs / 1000);
    timer = setTimeout(() => reject(new SendError(say('outgoing.pluginSilent', { provider, seconds }), true, null)), timeoutMs);
  });
  // Who comes too late is heard no more.
  asked.catch(() => {});
  return Promise.race([asked, silence]).finally(() => clearTimeout(timer));
}

// ---- What it is asked

/** Strapi's provider for Amazon SES hands over sender, recipients, subject and text, and says nothing of the rest. */
const WITHOUT_FILES = /^(@strapi\/provider-email-)?amazon-ses$/i;

/** Who gets it: without an envelope, those who have it already may not stand in it. */
async function partsOf(mail: OutgoingMail): Promise<Parts> {
  const named = new Set<string>();
  // Once each: SendGrid refuses an email that names somebody twice.
  const gets = ({ address }: Address) => {
    const isFirst = !named.has(address.toLowerCase());
    named.add(address.toLowerCase());
    return isFirst && (!mail.onlyTo || mail.onlyTo.includes(address));
  };
  const [to, cc, bcc] = [mail.to, mail.cc, mail.bcc ?? []].map((people) => people.filter(gets));
  // One has to be there; several who are left in blind copy come one by one.
  const inTo = [to, cc, bcc].find((people) => people.length > 0) ?? [];
  return {
    from: mail.from,
    to: inTo,
    cc: inTo === to ? cc : [],
    bcc: inTo === bcc ? [] : bcc,
    // Left out, some take the one of the site's settings.
    replyTo: mail.from.address,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.messageId}>`,
    headers: mail.headers,
    files: await Promise.all((mail.attachments ?? []).map(partOf)),
  };
}

const partOf = async ({ name, mime, path, contentId }: OutgoingFile): Promise<Part> => ({
  name,
  mime,
  content: (await readFile(path)).toString('base64'),
  contentId,
});

/** An email of ours to our own people, with the sender of the plugin's own settings. Throws what `send` throws. */
export async function sendAsSite(
  strapi: Core.Strapi,
  { to, subject, text, html, headers, messageId }: Pick<Parts, 'subject' | 'text' | 'html' | 'headers'> & { to: string; messageId: string },
): Promise<void> {
  const { provider = DEFAULT_PROVIDER, settings = {} } = strapi.config.get<Site>('plugin::email', {});
  const replyTo = settings.defaultReplyTo ?? settings.defaultFrom ?? null;
  const parts = { from: null, to: [{ address: to, name: '' }], cc: [], bcc: [], replyTo: replyTo && bareAddress(replyTo), files: [] };
  const options = optionsFor(provider, { ...parts, subject, text, html, headers, messageId: `<${messageId}>` });
  try {
    requireYes(await strapi.plugin('email').service('email').send(options));
  } catch (error) {
    throw toSendError(error, provider, secretsOf(strapi));
  }
}

interface Site {
  provider?: string;
  settings?: { defaultFrom?: string; defaultReplyTo?: string };
}

const bareAddress = (text: string): string => /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text;

// ---- What it answers

type ProviderAnswer = Record<string, unknown>;

const MESSAGE_ID = /^<[^<>\s@]+@[^<>\s@]+>$/;
const ID_NAMES = ['messageId', 'MessageId', 'MessageID', 'id'];

/** Some packages keep their failures to themselves, and answer with `false`, or with an error in place of their data. Throws that. */
function requireYes(answer: unknown): void {
  if (answer === false) throw new Error('false');
  const error = isAnswer(answer) ? answer.error : null;
  if (error) throw error;
}

function sentBy(provider: string, mail: OutgoingMail, answer: unknown): SentMail {
  const parts = [answer, (answer as ProviderAnswer[] | undefined)?.[0], (answer as ProviderAnswer | undefined)?.data].filter(isAnswer);
  const ids = parts.flatMap((part) => ID_NAMES.map((name) => part[name])).filter((id) => typeof id === 'string' && MESSAGE_ID.test(id));
  const told = (ids[0] as string | undefined)?.slice(1, -1);
  const refused = parts.flatMap(({ rejectedErrors }) => (Array.isArray(rejectedErrors) ? (rejectedErrors as ProviderFailure[]) : []));
  return {
    response: say('outgoing.pluginTook', { provider }),
    rejected: refused.map(({ recipient = '', response = '', responseCode = 0 }) => ({
      address: recipient,
      response: redact(typeof response === 'string' ? response : '', []),
      permanent: responseCode >= 500,
    })),
    ...(told !== undefined && told !== mail.messageId ? { sentMessageId: told } : {}),
  };
}

const isAnswer = (value: unknown): value is ProviderAnswer => typeof value === 'object' && value !== null && !Array.isArray(value);

// ---- What goes wrong

/** What the known providers put on their errors. */
interface ProviderFailure {
  message?: string;
  /** What Mailgun says beside "Bad Request". */
  details?: string;
  code?: number | string;
  command?: string;
  recipient?: string;
  /** SendGrid's is an answer with the reasons. */
  response?: string | { body?: { errors?: { message?: string }[] } };
  responseCode?: number;
  statusCode?: number;
  status?: number;
  $metadata?: { httpStatusCode?: number };
}

/** Of a request that they understand and will not take: the same email would be refused again. */
const REFUSED_BY_HTTP = [400, 413, 422];

function toSendError(thrown: unknown, provider: string, secrets: readonly string[]): SendError {
  const failure: ProviderFailure = isAnswer(thrown) ? thrown : { message: String(thrown) };
  const { command = '', responseCode = 0 } = failure;
  const http = [failure.statusCode, failure.status, failure.code, failure.$metadata?.httpStatusCode].find(
    (code) => typeof code === 'number',
  );
  const bySmtp = responseCode >= 500 && ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command);
  const permanent = bySmtp || (responseCode === 0 && REFUSED_BY_HTTP.includes(http as number));
  const what = redact(reasonsIn(failure).join(': '), secrets);
  return new SendError(say('outgoing.pluginFailed', { provider, what }), permanent, what || null);
}

/** Some say no more than "Bad Request" in their message, and the reason beside it. */
function reasonsIn({ message, details, response }: ProviderFailure): string[] {
  const more = typeof response === 'object' ? (response?.body?.errors ?? []).map((error) => error.message) : [];
  return [...new Set([message, details, ...more])].filter((each): each is string => typeof each === 'string' && each !== '');
}

const SECRET_NAMES = /pass|key|secret|token|credential/i;

/** What of the provider's settings no log may show. */
function secretsOf(strapi: Core.Strapi): string[] {
  const found: string[] = [];
  const look = (value: unknown, isSecret: boolean): void => {
    if (typeof value === 'string' && isSecret && value !== '') found.push(value);
    if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) look(each, isSecret || SECRET_NAMES.test(name));
  };
  look(strapi.config.get('plugin::email.providerOptions', {}), false);
  return found;
}
