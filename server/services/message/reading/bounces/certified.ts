import { isDeadAddress } from './dead-address';
import { codesOf } from './dsn';
import { findAddresses } from './dsn-address';
import { decodeEntities } from '../../html/html-entities';
import { contentOf, type Part } from '../../mime/mime';
import type { BounceRecipient } from '../../types';
import { cut } from '../../../lib/cut';

/** Receipts of certified mail in Italy (PEC, RFC 6109 §3): a header names their kind, and an XML file says what became of the email. */

/** `X-Ricevuta`, and what it says. */
const meanings: Record<string, 'delivered' | 'failed' | 'delayed'> = {
  accettazione: 'delivered',
  'presa-in-carico': 'delivered',
  'avvenuta-consegna': 'delivered',
  'preavviso-errore-consegna': 'delayed',
  'non-accettazione': 'failed',
  'errore-consegna': 'failed',
  'mancata-consegna': 'failed',
  'rilevazione-virus': 'failed',
};
/** The attribute `errore` of the file, in the words of RFC 3463. */
const statuses: Record<string, string> = { 'no-dest': '5.1.1', 'no-dominio': '5.1.2' };

interface CertifiedReceipt {
  kind: 'bounce' | 'delivered';
  recipients: BounceRecipient[];
}

/** What a receipt says; null when the message is none. `text` is what it tells people. */
export function certifiedReceipt(headers: Record<string, string[]>, parts: Part[], text: string): CertifiedReceipt | null {
  const meaning = meanings[(headers['x-ricevuta']?.[0] ?? '').trim().toLowerCase()];
  if (meaning === undefined || headers['x-trasporto'] !== undefined) return null;
  if (meaning === 'delivered') return { kind: 'delivered', recipients: [] };
  const file = parts.find((part) => /^daticert\.xml$/i.test(part.dispositionParams.filename ?? part.params.name ?? ''));
  const xml = file === undefined ? '' : new TextDecoder().decode(contentOf(file).subarray(0, 200_000));
  const values = (name: string): string[] =>
    [...xml.matchAll(new RegExp(`<${name}(?:\\s[^<>]{0,200})?>([^<>]{1,2000})</${name}>`, 'gi'))].map((match) => decodeEntities(match[1]));
  const addresses = findAddresses((values('consegna').length > 0 ? values('consegna') : values('destinatari')).join(' '));
  const status = statuses[/\serrore\s*=\s*["']([\w-]{1,40})/i.exec(xml)?.[1].toLowerCase() ?? ''] ?? '';
  const reason = cut((values('errore-esteso').join(' ') || text).replace(/\s+/g, ' ').trim(), 1000);
  const recipients = addresses.slice(0, 100).map((address): BounceRecipient => {
    const delayed = meaning === 'delayed';
    const recipient = { address, finalAddress: null, ...codesOf(status, reason, meaning), delayed, reason };
    return { ...recipient, dead: isDeadAddress(recipient) };
  });
  return { kind: 'bounce', recipients };
}
