import type { Core } from '@strapi/strapi';

/**
 * What the plugin logs, always in one shape: a sentence that never changes, then fields. People read the line, programs the same
 * fields beside it (Strapi's logger hands them to any JSON format). What may be a field is written down here, and nothing of an
 * email is among them: no subject, no text, no address.
 */

interface LogFields {
  scanner?: { documentId: string; name: string };
  folder?: string;
  uid?: string;
  /** Messages by what became of them. */
  outcomes?: Partial<Record<string, number>>;
  scanned?: number;
  openEffects?: number;
  durationMs?: number;
  /** The documentId of an email of ours. */
  delivery?: string;
  attempts?: number;
  /** Rows or files that were worked on. */
  count?: number;
  succeeded?: number;
  /** What runs by itself. */
  task?: string;
  lease?: string;
  /** The name of a time trigger, or of a webhook. */
  trigger?: string;
  webhook?: string;
  index?: string;
  event?: string;
  ticketField?: string;
  /** Names of content types or of their attributes. */
  types?: string;
  alert?: string;
  channel?: string;
  code?: string;
  /** Why, in our words or a server's. Addresses in it are cut. */
  reason?: string;
}

type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Logs a sentence with its fields. `stack` follows on lines of its own. */
export function log(strapi: Core.Strapi, level: LogLevel, sentence: string, fields: LogFields = {}, stack = ''): void {
  const flat = flatten(fields);
  const words = Object.entries(flat).map(([name, value]) => `${name}=${inLine(value)}`);
  strapi.log[level]([`[mail-scanner] ${[sentence, ...words].join(' ')}`, stack].filter(Boolean).join('\n'), {
    plugin: 'mail-scanner',
    event: sentence,
    ...flat,
  });
}

type FlatFields = Record<string, string | number>;

function flatten({ scanner, outcomes, reason, ...others }: LogFields): FlatFields {
  const all = {
    ...(scanner ? { scannerId: scanner.documentId, scanner: scanner.name } : {}),
    ...others,
    ...outcomes,
    ...(reason === undefined ? {} : { reason: withoutAddresses(reason) }),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}

/** logfmt: quoted where it would not be one word; line breaks cannot pose as another line. */
const inLine = (value: string | number): string =>
  typeof value === 'number' || /^[\w.:/+-]+$/.test(value) ? String(value) : JSON.stringify(value);

/** The domain helps to find what is wrong; whose mailbox it was does not. */
export const withoutAddresses = (text: string): string => text.replace(/[^\s@<>"'(),;:]+@([^\s@<>"'(),;:]+)/g, '…@$1');
