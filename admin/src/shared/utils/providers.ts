import type { Encryption, ServerProtocol } from '../../../../shared/vocabulary';
import type { TextKey } from '../hooks/useText';

/** Servers of well-known mail providers, so that an address is all that has to be typed. */
interface Provider {
  name: string;
  domains: string[];
  /** IMAP on port 993 and POP3 on port 995, both by TLS (RFC 8314). */
  imap: string;
  pop3: string | null;
  smtp: { host: string; port: number };
  /** What an owner of such a mailbox has to know. */
  note?: TextKey;
}

export const PROVIDERS: readonly Provider[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    imap: 'imap.gmail.com',
    pop3: 'pop.gmail.com',
    smtp: { host: 'smtp.gmail.com', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: 'Outlook.com',
    domains: [
      'outlook.com',
      'hotmail.com',
      'live.com',
      'msn.com',
      'outlook.de',
      'outlook.fr',
      'outlook.es',
      'hotmail.fr',
      'hotmail.es',
      'hotmail.se',
    ],
    imap: 'outlook.office365.com',
    pop3: 'outlook.office365.com',
    smtp: { host: 'smtp-mail.outlook.com', port: 587 },
    note: 'provider.oauthOnly',
  },
  {
    name: 'Yahoo',
    domains: ['yahoo.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'yahoo.es', 'ymail.com', 'rocketmail.com'],
    imap: 'imap.mail.yahoo.com',
    pop3: 'pop.mail.yahoo.com',
    smtp: { host: 'smtp.mail.yahoo.com', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: 'AOL',
    domains: ['aol.com'],
    imap: 'imap.aol.com',
    pop3: 'pop.aol.com',
    smtp: { host: 'smtp.aol.com', port: 587 },
    note: 'provider.appPassword',
  },
  {
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: 'imap.mail.me.com',
    pop3: null,
    smtp: { host: 'smtp.mail.me.com', port: 587 },
    note: 'provider.appPassword',
  },
  {
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: 'imap.fastmail.com',
    pop3: 'pop.fastmail.com',
    smtp: { host: 'smtp.fastmail.com', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: 'GMX',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'],
    imap: 'imap.gmx.net',
    pop3: 'pop.gmx.net',
    smtp: { host: 'mail.gmx.net', port: 587 },
    note: 'provider.allowFirst',
  },
  {
    name: 'GMX International',
    domains: ['gmx.com'],
    imap: 'imap.gmx.com',
    pop3: 'pop.gmx.com',
    smtp: { host: 'mail.gmx.com', port: 587 },
    note: 'provider.allowFirst',
  },
  {
    name: 'WEB.DE',
    domains: ['web.de'],
    imap: 'imap.web.de',
    pop3: 'pop3.web.de',
    smtp: { host: 'smtp.web.de', port: 587 },
    note: 'provider.allowFirst',
  },
  {
    name: 'T-Online',
    domains: ['t-online.de', 'magenta.de'],
    imap: 'secureimap.t-online.de',
    pop3: 'securepop.t-online.de',
    smtp: { host: 'securesmtp.t-online.de', port: 465 },
    note: 'provider.appPassword',
  },
  { name: 'freenet', domains: ['freenet.de'], imap: 'mx.freenet.de', pop3: 'mx.freenet.de', smtp: { host: 'mx.freenet.de', port: 587 } },
  { name: 'Posteo', domains: ['posteo.de', 'posteo.net'], imap: 'posteo.de', pop3: 'posteo.de', smtp: { host: 'posteo.de', port: 465 } },
  {
    name: 'mailbox.org',
    domains: ['mailbox.org'],
    imap: 'imap.mailbox.org',
    pop3: 'pop3.mailbox.org',
    smtp: { host: 'smtp.mailbox.org', port: 465 },
  },
  {
    name: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    imap: 'imap.zoho.com',
    pop3: 'pop.zoho.com',
    smtp: { host: 'smtp.zoho.com', port: 465 },
    note: 'provider.allowFirst',
  },
  {
    name: 'Zoho Europe',
    domains: ['zoho.eu', 'zohomail.eu'],
    imap: 'imap.zoho.eu',
    pop3: 'pop.zoho.eu',
    smtp: { host: 'smtp.zoho.eu', port: 465 },
    note: 'provider.allowFirst',
  },
  {
    name: 'Infomaniak',
    domains: ['ik.me', 'ikmail.com', 'etik.com'],
    imap: 'mail.infomaniak.com',
    pop3: 'mail.infomaniak.com',
    smtp: { host: 'mail.infomaniak.com', port: 465 },
  },
  {
    name: 'Bluewin',
    domains: ['bluewin.ch'],
    imap: 'imaps.bluewin.ch',
    pop3: 'pop3s.bluewin.ch',
    smtp: { host: 'smtpauths.bluewin.ch', port: 465 },
  },
  {
    name: 'Orange',
    domains: ['orange.fr', 'wanadoo.fr'],
    imap: 'imap.orange.fr',
    pop3: 'pop.orange.fr',
    smtp: { host: 'smtp.orange.fr', port: 465 },
  },
  { name: 'Free', domains: ['free.fr'], imap: 'imap.free.fr', pop3: 'pop.free.fr', smtp: { host: 'smtp.free.fr', port: 465 } },
  {
    name: 'La Poste',
    domains: ['laposte.net'],
    imap: 'imap.laposte.net',
    pop3: 'pop.laposte.net',
    smtp: { host: 'smtp.laposte.net', port: 465 },
  },
  { name: 'SFR', domains: ['sfr.fr'], imap: 'imap.sfr.fr', pop3: 'pop.sfr.fr', smtp: { host: 'smtp.sfr.fr', port: 465 } },
  {
    name: 'Libero',
    domains: ['libero.it'],
    imap: 'imapmail.libero.it',
    pop3: 'popmail.libero.it',
    smtp: { host: 'smtp.libero.it', port: 465 },
  },
  {
    name: 'Seznam',
    domains: ['seznam.cz', 'email.cz'],
    imap: 'imap.seznam.cz',
    pop3: 'pop3.seznam.cz',
    smtp: { host: 'smtp.seznam.cz', port: 465 },
  },
  {
    name: 'Yandex',
    domains: ['yandex.com', 'yandex.ru'],
    imap: 'imap.yandex.ru',
    pop3: 'pop.yandex.ru',
    smtp: { host: 'smtp.yandex.ru', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'],
    imap: 'imap.mail.ru',
    pop3: 'pop.mail.ru',
    smtp: { host: 'smtp.mail.ru', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: 'QQ',
    domains: ['qq.com'],
    imap: 'imap.qq.com',
    pop3: 'pop.qq.com',
    smtp: { host: 'smtp.qq.com', port: 465 },
    note: 'provider.appPassword',
  },
  {
    name: '163',
    domains: ['163.com'],
    imap: 'imap.163.com',
    pop3: 'pop.163.com',
    smtp: { host: 'smtp.163.com', port: 465 },
    note: 'provider.appPassword',
  },
];

/** The provider of an address; null for an address of one's own domain, and while it is still being typed. */
export function providerOf(address: string): Provider | null {
  const domain = address.trim().toLowerCase().split('@')[1];
  return PROVIDERS.find(({ domains }) => domains.includes(domain)) ?? null;
}

interface ServerSettings {
  host: string;
  port: number;
  encryption: Encryption;
}

/** Where the mailboxes of a provider are read; null when it has no such server (iCloud has no POP3). */
export function incomingServer(provider: Pick<Provider, ServerProtocol>, protocol: ServerProtocol): ServerSettings | null {
  const host = provider[protocol];
  return host === null ? null : { host, port: portOf(protocol, 'ssl'), encryption: 'ssl' };
}

export function outgoingServer({ smtp }: Pick<Provider, 'smtp'>): ServerSettings {
  return { ...smtp, encryption: smtp.port === 465 ? 'ssl' : 'starttls' };
}

/** The usual port. SSL here means TLS from the first byte (RFC 8314). */
export function portOf(protocol: ServerProtocol | 'smtp', encryption: Encryption): number {
  const [withTls, without] = { imap: [993, 143], pop3: [995, 110], smtp: [465, 587] }[protocol];
  return encryption === 'ssl' ? withTls : without;
}

/** 443 is what a scanner has that is read by Microsoft Graph. */
const PORTS = { incoming: [993, 143, 995, 110, 443], outgoing: [465, 587] };

/** Whether a port is empty or one that we filled in. Any other port is the user's choice and is never overwritten. */
export const isDefaultPort = (port: number | null, way: keyof typeof PORTS): boolean => port === null || PORTS[way].includes(port);
