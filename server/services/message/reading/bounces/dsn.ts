import { reportedAddress } from './dsn-address';
import type { BounceRecipient } from '../../types';
import { cut } from '../../../lib/cut';

/** Reader of delivery status notifications (RFC 3464) and of the codes in them (RFC 3463, RFC 5321). */

type Action = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

/** `dead` is known when the words beside the report have been read, too. */
export interface DsnRecipient extends Omit<BounceRecipient, 'dead'> {
  action: Action;
}

type Fields = Map<string, string>;

/** The recipients of a message/delivery-status body. Order and empty lines between fields are not relied on. */
export function readDsn(body: string): DsnRecipient[] {
  const fields = readFields(body);
  const groups = groupsByLeader(fields) ?? groupsByRecipient(fields);
  return groups.map(recipientOf).filter((recipient): recipient is DsnRecipient => recipient !== null);
}

/** Exim says what became of a recipient before it says who that is. Null where the recipient comes first, or where the numbers do not fit. */
function groupsByLeader(fields: readonly [string, string][]): Fields[] | null {
  const [leader] = fields.find(([name]) => recipientFields.has(name) || name === 'action' || name === 'status') ?? [''];
  const count = (wanted: string) => fields.filter(([name]) => name === wanted).length;
  const recipients = Math.max(...[...recipientFields.keys()].map(count));
  if (leader === '' || recipientFields.has(leader) || count(leader) !== recipients) return null;
  const groups: Fields[] = [];
  for (const [name, value] of fields) {
    if (name === leader) groups.push(new Map());
    groups.at(-1)?.set(name, value);
  }
  return groups;
}

function groupsByRecipient(fields: [string, string][]): Fields[] {
  const groups: Fields[] = [];
  for (const [name, value] of fields) {
    const opens = recipientFields.has(name);
    const last = groups.at(-1);
    const isNewRecipient =
      opens &&
      (last === undefined ||
        [...recipientFields.keys()].some((key) => last.has(key) && (key === name || last.has('action') || last.has('status'))));
    if (isNewRecipient) groups.push(new Map());
    groups.at(-1)?.set(name, value);
  }
  adoptLeading(fields, groups);
  return groups;
}

const recipientFields = new Map([
  ['final-recipient', 0],
  ['original-recipient', 1],
  ['x-actual-recipient', 2],
]);

/** Some servers put Action and Status before the recipient. */
function adoptLeading(fields: [string, string][], groups: Fields[]): void {
  const first = groups[0];
  if (first === undefined || groups.length > 1) return;
  for (const [name, value] of fields)
    if ((name === 'action' || name === 'status' || name === 'diagnostic-code') && !first.has(name)) first.set(name, value);
}

function readFields(body: string): [string, string][] {
  const unfolded = body.replace(/\r\n?/g, '\n').replace(/\n[ \t]+(?=\S)/g, ' ');
  return unfolded
    .split('\n')
    .slice(0, 5000)
    .flatMap((line): [string, string][] => {
      const match = /^[ \t]*([A-Za-z][A-Za-z-]{1,60})[ \t]*:[ \t]*(.*)$/.exec(line.slice(0, 5000));
      return match === null ? [] : [[match[1].toLowerCase(), match[2].trim()]];
    });
}

function recipientOf(fields: Fields): DsnRecipient | null {
  const [final, original, actual] = [...recipientFields.keys()].map((name) => reportedAddress(fields.get(name) ?? ''));
  // Original-Recipient is the address that we wrote to; behind it may stand an alias or a forward (RFC 3464 §2.3.1).
  const address = [original, final, actual].find((found) => found.includes('@')) ?? (final || original || actual);
  if (address === '' && !fields.has('status') && !fields.has('action')) return null;
  const diagnostic = [fields.get('diagnostic-code'), fields.get('x-supplementary-info'), fields.get('x-display-name')]
    .filter((value) => value !== undefined && value !== '')
    .join(' ');
  const action = actionOf(fields);
  const reason = diagnostic
    .replace(/^\s*[a-z0-9-]{1,20}\s*;\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    address,
    finalAddress: final === '' || final === address ? null : final,
    action,
    delayed: action === 'delayed',
    ...codesOf(fields.get('status') ?? '', reason, action),
    reason: cut(reason, 1000),
  };
}

function actionOf(fields: Fields): Action {
  const status = fields.get('status') ?? '';
  const word = /[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '';
  if (word.startsWith('delay')) return isGivenUp(fields) ? 'failed' : 'delayed';
  if (word.startsWith('deliver')) return 'delivered';
  if (word === 'relayed' || word === 'expanded') return word;
  return word === '' && /^2\./.test(status) ? 'delivered' : 'failed';
}

/**
 * "Delivery time expired" (RFC 3463 §3.5, 4.4.7) is the end, whatever the action says; unless the same report says until when the
 * server goes on, as Exchange does, which has this status for delays as well.
 */
function isGivenUp(fields: Fields): boolean {
  if (!/^[45]\.4\.7\b/.test(fields.get('status') ?? '')) return false;
  return !fields.has('will-retry-until') && !/delayed/i.test(fields.get('diagnostic-code') ?? '');
}

const enhancedStatus = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const smtpReply = /(?<![\w.:/@+-])([45]\d\d)(?=[\s-]|$)/;

/**
 * Status, reply code and whether it is for good. A specific status in the diagnostic beats a general one in the field
 * (`5.0.0`), and a refusal for good beats a relay's `4.x`: the server that refused knows best.
 */
export function codesOf(field: string, diagnostic: string, action: Action): Pick<BounceRecipient, 'status' | 'replyCode' | 'permanent'> {
  const declared = statusesIn(field)[0] ?? null;
  const told = statusesIn(diagnostic).filter((status) => !status.startsWith('2'));
  const replyCode = smtpReply.exec(diagnostic)?.[1] ?? null;
  const refused = action === 'failed' && replyCode?.startsWith('5') === true ? told.find((code) => code.startsWith('5')) : undefined;
  const isGeneral = declared === null || /^[45]\.0\.0$|^5\.5\.0$/.test(declared) || (declared.startsWith('4') && refused !== undefined);
  const status = isGeneral ? (refused ?? told.find((code) => !code.endsWith('.0.0')) ?? declared ?? told[0] ?? null) : declared;
  return { status, replyCode, permanent: isPermanent(status, isGeneral && refused !== undefined ? null : declared, replyCode, action) };
}

function isPermanent(status: string | null, declared: string | null, replyCode: string | null, action: Action): boolean {
  if (action === 'delayed') return false;
  const code = declared ?? status ?? replyCode;
  return code === null ? true : !code.startsWith('4');
}

function statusesIn(text: string): string[] {
  return [...text.slice(0, 5000).matchAll(enhancedStatus)].map((match) => match[0]);
}
