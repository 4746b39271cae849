import type { Core } from '@strapi/strapi';
import type { OutgoingMailInput, Settings } from '../../../shared/api/settings';
import type { Speech } from './speech';
import { changeStored, readStored } from './stored';

export type { Settings };

/** As they are kept: what was left empty has its default. */
export interface OutgoingMailSettings extends OutgoingMailInput {
  port: number;
}

export const DEFAULT_SETTINGS: Settings = {
  ticketPrefix: 'TT',
  ticketStart: 1001,
  maxMessageMegabytes: 50,
  maxNewTicketsPerHour: 30,
  keepSources: 'failed',
  afterAnswer: 'wait',
  takeOnAnswer: false,
  afterwards: 'stay',
  staffDomains: [],
  emailLanguage: 'en',
  emailTimeZone: 'UTC',
  keepLogDays: 0,
  keepSourceDays: 0,
  keepDeliveryDays: 0,
};

const DEFAULT_OUTGOING: OutgoingMailSettings = {
  transport: 'smtp',
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
  'transport' | 'host' | 'port' | 'encryption' | 'validateCertificate' | 'authorization' | 'fromAddress'
> {
  /** Null for a server that asks for no login. */
  username: string | null;
}

const isComplete = ({ transport, host, authorization, fromAddress }: OutgoingMailSettings): boolean =>
  Boolean(fromAddress && (transport === 'graph' ? authorization : host));

/** The outgoing server, or null as long as none is set up. */
export function outgoingAccount(settings: OutgoingMailSettings): OutgoingAccount | null {
  if (!isComplete(settings)) return null;
  const { transport, fromAddress, host, port, encryption, validateCertificate, username, authorization } = settings;
  return { transport, fromAddress, host, port, encryption, validateCertificate, username: username || null, authorization };
}
