import type { Core } from '@strapi/strapi';
import type { Language, Speech } from './speech';
import { changeStored, readStored } from './stored';

export interface Settings {
  ticketPrefix: string;
  /** The first number that is given out. */
  ticketStart: number;
  /** A larger message is not read but recorded as failed; it stays in the mailbox. */
  maxMessageMegabytes: number;
  /** So many tickets one customer opens by email within an hour; what is more goes into one ticket. 0: no limit. */
  maxNewTicketsPerHour: number;
  /** Which raw sources are kept: those of failed messages, or all. */
  keepSources: 'failed' | 'all';
  /** Domains of colleagues, whose forwards belong to the original sender. */
  staffDomains: string[];
  /** In which language the plugin speaks to customers, and whose clock its emails tell the time by (an IANA name). */
  emailLanguage: Language;
  emailTimeZone: string;
  /** Days for which the scan log tells about a message; 0: for ever. */
  keepLogDays: number;
  /** Days for which raw sources are kept; 0: for ever. Those of failed messages stay until they are settled. */
  keepSourceDays: number;
  /** Days for which sent emails are kept as they left; 0: for ever. */
  keepDeliveryDays: number;
}

export interface OutgoingMailSettings {
  host: string;
  port: number;
  /** `ssl`: TLS from the first byte; `starttls`: upgraded, refused when the server cannot; `none`: plain text. */
  encryption: 'ssl' | 'starttls' | 'none';
  validateCertificate: boolean;
  /** '' for a server that asks for no login. */
  username: string;
  /** The documentId of the authorization to sign in with, in place of a password. */
  authorization: string | null;
  fromAddress: string;
  fromName: string;
  /** So many emails a minute leave at most, as providers ask for; null for no limit. */
  maxPerMinute: number | null;
}

export const DEFAULT_SETTINGS: Settings = {
  ticketPrefix: 'TT',
  ticketStart: 1001,
  maxMessageMegabytes: 50,
  maxNewTicketsPerHour: 30,
  keepSources: 'failed',
  staffDomains: [],
  emailLanguage: 'en',
  emailTimeZone: 'UTC',
  keepLogDays: 0,
  keepSourceDays: 0,
  keepDeliveryDays: 0,
};

const DEFAULT_OUTGOING: OutgoingMailSettings = {
  host: '',
  port: 587,
  encryption: 'starttls',
  validateCertificate: true,
  username: '',
  authorization: null,
  fromAddress: '',
  fromName: '',
  maxPerMinute: null,
};

const withDefaults = (saved: Partial<Settings> | null): Settings => ({ ...DEFAULT_SETTINGS, ...saved });

export const getSettings = async (strapi: Core.Strapi): Promise<Settings> => withDefaults(await readStored(strapi, 'settings'));

/** See `changeStored`. */
export const changeSettings = (strapi: Core.Strapi, change: (before: Settings) => Settings): Promise<Settings> =>
  changeStored<Settings>(strapi, 'settings', (before) => change(withDefaults(before)));

/** How the emails to customers speak. */
export async function speechOf(strapi: Core.Strapi): Promise<Speech> {
  const { emailLanguage, emailTimeZone } = await getSettings(strapi);
  return { language: emailLanguage, timeZone: emailTimeZone };
}

const withOutgoingDefaults = (saved: Partial<OutgoingMailSettings> | null): OutgoingMailSettings => ({ ...DEFAULT_OUTGOING, ...saved });

export const getOutgoingMail = async (strapi: Core.Strapi): Promise<OutgoingMailSettings> =>
  withOutgoingDefaults(await readStored(strapi, 'outgoing-mail'));

/** See `changeStored`. */
export const changeOutgoingMail = (
  strapi: Core.Strapi,
  change: (before: OutgoingMailSettings) => Promise<OutgoingMailSettings>,
): Promise<OutgoingMailSettings> =>
  changeStored<OutgoingMailSettings>(strapi, 'outgoing-mail', (before) => change(withOutgoingDefaults(before)));

/** How to reach the outgoing server; `send` adds the credential of the moment to each mail. */
export interface OutgoingAccount extends Pick<
  OutgoingMailSettings,
  'host' | 'port' | 'encryption' | 'validateCertificate' | 'authorization'
> {
  /** Null for a server that asks for no login. */
  username: string | null;
}

/** The outgoing server, or null as long as none is set up. */
export function outgoingAccount(settings: OutgoingMailSettings): OutgoingAccount | null {
  if (!settings.host || !settings.fromAddress) return null;
  const { host, port, encryption, validateCertificate, username, authorization } = settings;
  return { host, port, encryption, validateCertificate, username: username || null, authorization };
}
