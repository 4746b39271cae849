import type { TransportName } from '../../../shared/vocabulary';
import type { Core } from '@strapi/strapi';
import type { ServiceLevels } from '../../../shared/api/service-levels';
import type { OutgoingMailInput, Settings } from '../../../shared/api/settings';
import type { Language } from '../../../shared/vocabulary';
import type { Speech } from './speech';
import { changeStored, readStored } from './stored';

export type { Settings };

/** As they are kept: what was left empty has its default. */
export interface OutgoingMailSettings extends OutgoingMailInput {
  port: number;
}

const DEFAULT_SETTINGS: Settings = {
  ticketPrefix: 'TT',
  formerTicketPrefixes: [],
  ticketStart: 1001,
  maxMessageMegabytes: 50,
  maxNewTicketsPerHour: 30,
  keepSources: 'failed',
  blockedToJunk: false,
  afterAnswer: 'wait',
  replyTo: 'all',
  takeOnAnswer: false,
  ticketsByTeam: false,
  afterwards: 'stay',
  staffDomains: [],
  emailLanguage: 'en',
  emailLanguages: [],
  emailTimeZone: 'UTC',
  publicUrl: '',
  ticketLinkUrl: '',
  ticketLinkDays: 60,
  satisfactionAfterHours: 24,
  satisfactionEveryDays: 30,
  keepLogDays: 0,
  keepSourceDays: 0,
  keepDeliveryDays: 0,
};

const OFFICE_HOURS = [{ from: '09:00', to: '17:00' }];
const NO_TARGET = { firstResponse: null, resolution: null };

/** Nothing is due until somebody sets a target. */
const DEFAULT_LEVELS: ServiceLevels = {
  countsBusinessHours: false,
  hours: { timeZone: 'UTC', days: [...Array.from({ length: 5 }, () => OFFICE_HOURS), [], []], holidays: [] },
  targets: { Low: NO_TARGET, Normal: NO_TARGET, High: NO_TARGET, Urgent: NO_TARGET },
  waitingPauses: true,
  dueSoonMinutes: 60,
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

/** See `changeStored`. Prefixes that ticket numbers had before are kept: emails with them go on coming. */
export const changeSettings = (
  strapi: Core.Strapi,
  change: (before: Settings) => Omit<Settings, 'formerTicketPrefixes'>,
): Promise<Settings> =>
  changeStored<Settings>(strapi, 'settings', (saved) => {
    const before = withDefaults(saved);
    const after = change(before);
    const others = prefixesOf(before).filter((prefix) => prefix !== after.ticketPrefix);
    return { ...after, formerTicketPrefixes: others.slice(0, MOST_PREFIXES) };
  });

const MOST_PREFIXES = 10;

/** With which ticket numbers begin and began, today's first. */
export const prefixesOf = ({ ticketPrefix, formerTicketPrefixes }: Settings): readonly string[] => [ticketPrefix, ...formerTicketPrefixes];

/** Until somebody says otherwise, the clock is that of the emails to customers. */
const withLevelDefaults = (saved: Partial<ServiceLevels> | null, timeZone: string): ServiceLevels => ({
  ...DEFAULT_LEVELS,
  hours: { ...DEFAULT_LEVELS.hours, timeZone },
  ...saved,
});

export const getServiceLevels = async (strapi: Core.Strapi): Promise<ServiceLevels> =>
  withLevelDefaults(await readStored(strapi, 'service-levels'), (await getSettings(strapi)).emailTimeZone);

/** See `changeStored`. */
export async function changeServiceLevels(strapi: Core.Strapi, change: (before: ServiceLevels) => ServiceLevels): Promise<ServiceLevels> {
  const { emailTimeZone } = await getSettings(strapi);
  return changeStored<ServiceLevels>(strapi, 'service-levels', (before) => change(withLevelDefaults(before, emailTimeZone)));
}

/** How the emails to customers speak, unless a customer's language is known. */
export async function speechOf(strapi: Core.Strapi): Promise<Speech> {
  const { emailLanguage, emailTimeZone } = await getSettings(strapi);
  return { language: emailLanguage, timeZone: emailTimeZone };
}

/** The language in which a contact is written to: theirs where the site speaks it, else the site's. */
export const languageFor = ({ emailLanguage, emailLanguages }: Settings, contact: { language?: string | null } | null): Language =>
  emailLanguages.find((language) => language === contact?.language) ?? emailLanguage;

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

/** What each transport cannot do without, beside the sender's address. */
const NEEDS: Record<TransportName, (settings: OutgoingMailSettings) => boolean> = {
  smtp: ({ host }) => host !== '',
  graph: ({ authorization }) => authorization !== null,
  // What it needs stands in the site's configuration.
  emailPlugin: () => true,
};

const isComplete = (settings: OutgoingMailSettings): boolean => settings.fromAddress !== '' && NEEDS[settings.transport](settings);

/** Microsoft takes 30 emails a minute from a mailbox. */
const BY_GRAPH_A_MINUTE = 30;

/** How many emails leave in a minute at most: what people have set, else what the transport is known to take. Null for any number. */
export const mostPerMinute = ({ maxPerMinute, transport }: OutgoingMailSettings): number | null =>
  maxPerMinute ?? (transport === 'graph' ? BY_GRAPH_A_MINUTE : null);

/** The outgoing server, or null as long as none is set up. */
export function outgoingAccount(settings: OutgoingMailSettings): OutgoingAccount | null {
  if (!isComplete(settings)) return null;
  const { transport, fromAddress, host, port, encryption, validateCertificate, username, authorization } = settings;
  return { transport, fromAddress, host, port, encryption, validateCertificate, username: username || null, authorization };
}
