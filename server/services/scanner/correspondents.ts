import type { ActionContext } from '../action/types';
import { isAddress } from '../../../shared/address';
import { domainOf } from '../lib/address';
import { isPublicDomain } from '../helpdesk/public-domains';
import { isUnreadAddress } from '../message/reading/machines/wants-no-answer';
import { addressesIn } from '../message/mime/header';
import type { Address, ParsedMessage } from '../message/types';
import type { ScanContext } from './context';

type Correspondents = Pick<ActionContext, 'customer' | 'customerFrom' | 'isOurs' | 'isByColleague'>;

/**
 * Whose request it is: the sender's; of an email that a colleague forwarded, its original sender's; of a web form's, where the scanner
 * says so or an answer to From would reach nobody, that of the person who is named in Reply-To; of what one of us wrote in a mail
 * program, that of the person it went to. Never our own: a form may put the mailbox's address there.
 */
export function correspondentsOf(scan: ScanContext, message: ParsedMessage): Correspondents {
  const { settings, useReplyTo, ownAddresses } = scan;
  const { from, sender, forwarded, identity, replyTo, list } = message;
  const outside = recipientsOutside(scan, message);
  const isOwn = isByUs(scan, message);
  const domain = domainOf(from?.address ?? '');
  const isStaff = settings.staffDomains.includes(domain) || isForwardedByRule(scan, message);
  const isByColleague = (isOwn || isStaff) && identity !== 'doubtful';
  const isToUs = !isOwn || outside.length === 0;
  if (isByColleague && isToUs && forwarded?.from.address)
    return { customer: forwarded.from, customerFrom: 'forwarded', isOurs: false, isByColleague };
  const beside = [...replyTo, ...originalsOf(scan, message)];
  const candidates = from?.address ? beside : [...beside, ...(sender ? [sender] : []), ...envelopeSenderOf(message)];
  const named = candidates.find(({ address }) => address !== '' && address !== from?.address && !ownAddresses.has(address));
  if (list?.isInFrom) return { customer: from, customerFrom: 'list', isOurs: false, isByColleague };
  // A list's Reply-To is the list.
  if (named && list === null && (useReplyTo || isUnanswerable(scan, message, named)))
    return { customer: named, customerFrom: 'replyTo', isOurs: false, isByColleague };
  if (isOwn && (outside.length > 0 || isAnswer(message)))
    return { customer: outside[0] ?? null, customerFrom: 'recipient', isOurs: true, isByColleague };
  return { customer: from, customerFrom: 'sender', isOurs: false, isByColleague };
}

/** Whether one of our own addresses wrote it, and neither a list nor a web form in its name. */
function isByUs(scan: ScanContext, message: ParsedMessage): boolean {
  const { ownAddresses } = scan;
  const { from, list, identity, replyTo } = message;
  if (from === null || !ownAddresses.has(from.address) || identity === 'doubtful') return false;
  // Lists write themselves, and so us, into From.
  if (list !== null) return false;
  return originalsOf(scan, message).length === 0 && replyTo.every(({ address }) => ownAddresses.has(address));
}

/** Who was in From before Gmail put the account in its place by which a form or a device sends, where that is ours. */
function originalsOf(scan: ScanContext, { headers, from }: ParsedMessage): Address[] {
  if (from === null || !scan.ownAddresses.has(from.address)) return [];
  const originals = (headers['x-google-original-from'] ?? []).flatMap(addressesIn);
  return originals.filter(({ address }) => isAddress(address) && !isOfOurDomain(scan, address) && !scan.ownAddresses.has(address));
}

/** Under these names servers of the web write, and nobody reads them. */
const SERVERS = /^(?:wordpress|www-data|wwwrun|apache2?|httpd|nobody|mailer)@/;
/** Under these, services for forms and the like write in the name of people elsewhere. */
const FORMS =
  /^(?:[a-z]+[._-]?)?(?:forms?|formular(?:e|io|ios)?|formulaires?|formulär|lomake|submissions?|responses?|notif(?:y|ier|ications?))@|^(?:forms?|formular|formulaire|formulario)[._-]?[a-z]+@/;

/**
 * Whether an answer to From would reach nobody: its address is not read, or is ours or of our domain, as where our own site writes, and it
 * went to us alone in the name of `named`.
 */
function isUnanswerable(scan: ScanContext, message: ParsedMessage, named: Address): boolean {
  const from = message.from?.address ?? '';
  if (from === '' || isUnreadAddress(from) || SERVERS.test(from)) return true;
  if (FORMS.test(from) && organisationOf(named.address) !== organisationOf(from)) return true;
  const isFromUs = scan.ownAddresses.has(from) || (isOfOurDomain(scan, from) && !isOfOurDomain(scan, named.address));
  return isFromUs && recipientsOutside(scan, message).every(({ address }) => address === named.address);
}

/** Who sent it by the server's note (RFC 5321 §4.4), of an email that names nobody: a device, or a program. Addresses made for one email are nobody's. */
function envelopeSenderOf({ headers, from }: ParsedMessage): Address[] {
  const [noted] = (headers['return-path'] ?? []).flatMap(addressesIn);
  return noted && isAddress(noted.address) && !noted.address.includes('=') && !isUnreadAddress(noted.address)
    ? [{ name: from?.name ?? '', address: noted.address }]
    : [];
}

/** `reply.example.com` and `example.com` are of one; so are `a.co.uk` and `b.co.uk`, which is the careful side. */
const organisationOf = (address: string): string => domainOf(address).split('.').slice(-2).join('.');

/** A domain at which everybody may have an address is nobody's. */
function isOfOurDomain({ ownAddresses }: ScanContext, address: string): boolean {
  const domain = domainOf(address);
  return !isPublicDomain(domain) && [...ownAddresses].some((own) => domainOf(own) === domain);
}

/** Whether a rule of Exchange forwarded it in the name of another mailbox of our domain: `info@` beside `support@`, which nobody reads. */
function isForwardedByRule(scan: ScanContext, { from, headers }: ParsedMessage): boolean {
  const isRule = /mailbox rules agent/i.test(headers['x-ms-exchange-generated-message-source']?.[0] ?? '');
  return isRule && isOfOurDomain(scan, from?.address ?? '');
}

const recipientsOutside = ({ ownAddresses }: ScanContext, { to, cc, bcc }: ParsedMessage): Address[] =>
  [...to, ...cc, ...bcc].filter(({ address }) => address !== '' && !ownAddresses.has(address));

const isAnswer = ({ references, inReplyTo }: ParsedMessage): boolean => references.length + inReplyTo.length > 0;
