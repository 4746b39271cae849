import { certifiedReceipt } from './certified';
import { failureWords, foreignFailureWords, originalRecipients, recipientsIn, splitReport } from './bounce-text';
import { latin1 } from '../../mime/charset';
import { isDeadAddress } from './dead-address';
import { readDsn, type DsnRecipient } from './dsn';
import { findAddresses } from './dsn-address';
import { isDeniedPost } from '../list-program';
import { isUnreadAddress } from '../machines/wants-no-answer';
import { parseMessageIds } from '../../mime/header';
import { allParts, contentOf, type Part } from '../../mime/mime';
import { subjectKey, withoutGatewayMark } from '../subject-key';
import type { Bounce, BounceRecipient } from '../../types';
import { looksLikeUtf8 } from '../../mime/utf8';
import { domainOf } from '../../../lib/address';
import { cut } from '../../../lib/cut';

/** Delivery reports: which of our mails, which recipient, for good or for now (RFC 3464 and the forms before and beside it). */

export interface BounceReport {
  kind: 'bounce' | 'delivered';
  bounce: Bounce;
  /** Evidence as reason codes. */
  reasons: string[];
}

interface ReportSource {
  root: Part;
  headers: Record<string, string[]>;
  /** The body as text. */
  text: string;
}

/** A report comes first and is short; what is beyond is the returned mail, or made to take long. */
const LONGEST_REPORT = 200_000;
/** One email of ours has at most fifty people. */
const MOST_RECIPIENTS = 100;

/** What a delivery report says; null when the message is none. */
export function readReport({ root, headers, text: whole }: ReportSource): BounceReport | null {
  const text = whole.slice(0, LONGEST_REPORT);
  const parts = [...allParts(root)].slice(0, MOST_RECIPIENTS);
  const statuses = parts.filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.type));
  const { report, original } = splitReport(text);
  const returned = parts
    .filter((part) =>
      /^(?:message\/(?:rfc822|global|partial)|text\/rfc822-headers|message\/rfc822-headers|message\/global-headers)/.test(part.type),
    )
    .map((part) => utf8OrLatin1(contentOf(part).subarray(0, 50_000)))
    .join('\n');
  const ids = messageIdsOf(returned || original, headers);
  const notice = amazonNotice(text);
  if (notice !== null) return notice;
  const receipt = certifiedReceipt(headers, parts, text);
  if (receipt !== null) {
    const { kind, recipients } = receipt;
    return { kind, bounce: { recipients, originalMessageIds: ids }, reasons: ['certified-receipt'] };
  }
  const fromParts = (mayReport(root, headers) ? statuses : [])
    .flatMap((part) => readDsn(utf8OrLatin1(contentOf(part).subarray(0, LONGEST_REPORT))))
    .slice(0, MOST_RECIPIENTS);
  const dsn = fromParts.length > 0 ? fromParts : isFromMailSystem(headers) ? (embeddedDsn(text) ?? embeddedDsn(returned) ?? []) : [];
  if (dsn.length > 0) return standardReport(dsn, report, returned || original, ids);
  const hasReturned = parts.some((part) => part !== root && part.type.startsWith('message/rfc822'));
  if (!looksLikeBounce(headers, text, statuses.length > 0 && mayReport(root, headers), hasReturned) && !isDeniedPost(headers, returned))
    return null;
  const known = failedRecipients(headers);
  // X-Original-To of a notice is the failed address where the DragonFly Mail Agent writes it, and our own is in To as well.
  const not = ['to', 'delivered-to', 'from', 'envelope-to']
    .flatMap((name) => (headers[name] ?? []).flatMap(findAddresses))
    .filter((address) => !known.includes(address));
  const recipients = recipientsIn(report, known, not, returned || original);
  return { kind: 'bounce', bounce: { recipients, originalMessageIds: ids }, reasons: ['bounce-text'] };
}

/** RFC 6533 reports are UTF-8; the others ASCII, or what the system happens to write. */
const utf8OrLatin1 = (bytes: Uint8Array): string => (looksLikeUtf8(bytes) ? new TextDecoder().decode(bytes) : latin1(bytes));

/** A report that lost its MIME structure on the way, or that lies inside a forwarded one. */
function embeddedDsn(text: string): DsnRecipient[] | null {
  const at = text.search(/^[ \t]*(?:final-recipient|original-recipient):/im);
  return at < 0 ? null : readDsn(text.slice(Math.max(0, text.lastIndexOf('\n\n', at)), at + 5000));
}

/** RFC 3464: failed and delayed recipients make a bounce; when all were delivered it is a success notice. */
function standardReport(dsn: DsnRecipient[], report: string, returned: string, ids: string[]): BounceReport {
  const failed = dsn.filter(({ action }) => action === 'failed' || action === 'delayed');
  const kind = failed.length === 0 ? 'delivered' : 'bounce';
  const recipients = (kind === 'bounce' ? failed : []).map(({ action: _, ...recipient }) => {
    const whole = withReason(recipient, report, returned);
    return { ...whole, dead: isDeadAddress(whole) };
  });
  return { kind, bounce: { recipients: uniqueRecipients(recipients), originalMessageIds: ids }, reasons: ['delivery-status'] };
}

/** A report part without words or address is completed from the text beside it. */
function withReason<R extends Omit<BounceRecipient, 'dead'>>(recipient: R, report: string, returned: string): R {
  const address = recipient.address !== '' ? recipient.address : (originalRecipients(returned)[0] ?? findAddresses(report)[0] ?? '');
  if (recipient.reason !== '') return { ...recipient, address };
  const [described] = recipientsIn(report, [address], [], '');
  const isGeneral = recipient.status === null || /\.0\.0$/.test(recipient.status);
  // A report of the class 4 does not become final by what the text quotes, nor the other way round.
  const told = described.status?.[0] === (recipient.status ?? described.status)?.[0] ? described.status : null;
  const reason = described.reason;
  return {
    ...recipient,
    address,
    status: isGeneral ? (told ?? recipient.status) : recipient.status,
    replyCode: recipient.replyCode ?? described.replyCode,
    reason,
  };
}

function uniqueRecipients(recipients: BounceRecipient[]): BounceRecipient[] {
  return [...new Map(recipients.map((recipient) => [recipient.address, recipient])).values()];
}

function messageIdsOf(returned: string, headers: Record<string, string[]>): string[] {
  const inReturned = [...returned.slice(0, 50_000).matchAll(/^message-id:\s*(<[^<>\s]{1,500}>)/gim)].map((match) => match[1]).slice(0, 1);
  const beside = ['x-riferimento-message-id', 'x-original-message-id', 'in-reply-to', 'references'].flatMap((name) => headers[name] ?? []);
  return parseMessageIds([...inReturned, ...beside].join(' '));
}

// --- is it one? ----------------------------------------------------------------------------------------------------

/** Names and local parts of mail systems. A domain says nothing: somebody works at barracuda.example. */
const systemName =
  /mailer[-_. ]?daemon|mail[-_. ]?daemon|post[-_]?master|mail (?:delivery|system|administrator|router|server)|mail-?delivery|delivery (?:sub)?system|mdaemon|postoffice|\bbounces?(?:[-+]|$)|smtp(?:-?daemon| server| gateway)|mailsystem|mail-?gateway|maildelivery|returned ?mail|notification-?service|system administrator|internet mail|(?:microsoft )?exchange|interscan|mail ?marshal|mimecast|barracuda|surfcontrol|mail ?(?:filter|security|scanner|guard)|content filter|anti-?spam|anti-?virus/i;
/** Addresses that nobody but a mail system has. */
const systemAddress = /^(?:mailer[-_.]?daemon|mail-?daemon|post[-_.]?master|mdaemon)(?:[-+.][^@]*)?@/i;
const bounceSubject =
  /undeliver|returned? (?:mail|message|to sender)|delivery (?:status|fail|error|report|problem|delay|unsuccessful|incomplete|has failed)|mail delivery|failure notice|failed (?:mail|delivery|message|to deliver)|mail (?:system error|failure|error)|non-?deliver|could not be delivered|not delivered|message (?:delayed|undeliverable|delivery)|delayed mail|warning: (?:could not|message)|unzustellbar|nicht zugestellt|zustellung|non (?:remis|distribu)|échec|impossible de remettre|no se (?:ha )?(?:pudo|podido) entregar|sin entregar|não (?:entregue|foi possível)|mancat[oa] (?:recapito|consegna)|onbestelbaar|niet bezorgd|kunde inte levereras|oleverbart|nie można dostarczyć|niedostarczon|недоставлен|не доставлен|ваше сообщение не|配信(?:不能|エラー|できません)|(?:エラー|不達)(?:通知|メール)|メールを送信できませんでした|配信不可|退信|投递失败|傳送失敗|未送達|전송 ?실패|반송|block(?:ed)? (?:message|mail)|onbezorgbaar|niet afgeleverd|kunne ikke leveres|ikke levert|toimitus epäonnistui|ei voitu toimittaa|nedoručiteln|nepodařilo se doručit|nedoručen|kézbesíthetetlen|sikertelen kézbesítés|teslim edilemedi|iletilemedi|mensaje no entregado|devuelto|devolvid[ao]|non recapitabile|anomalia messaggio|mail could not|rejected (?:mail|message)|\berror\b.{0,20}(?:mail|deliver)|(?:mail|deliver).{0,20}\berror\b/i;

/** Programs write "Echec" as well as "Échec". */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');
const plainBounceSubject = new RegExp(plain(bounceSubject.source), 'iu');
const isBounceSubject = (subject: string): boolean => plainBounceSubject.test(plain(subject.slice(0, 1000)));

/** Did a mail system send this, by its From, its sender or the empty envelope sender (RFC 5321 §4.5.5)? */
function isFromMailSystem(headers: Record<string, string[]>): boolean {
  const from = (headers.from ?? []).join(' ');
  return hasSystemName(from) || (hasNullSender(headers) && !isCarriedByGroup(headers)) || isEmptyFrom(from);
}

const isEmptyFrom = (from: string): boolean => /^\s*(?:<>)?\s*$/.test(from) || /<\s*>/.test(from);

/** Names that no company and no person has; of an address, it says so alone where nobody is named beside it. */
const surelySystemName =
  /mailer[-_. ]?daemon|mail[-_. ]?daemon|mail delivery (?:sub-?)?system|mdaemon|smtp-?daemon|\bmmsc\b|returned ?mail/i;

function isSurelyMailSystem(headers: Record<string, string[]>): boolean {
  const from = (headers.from ?? []).join(' ');
  if (isEmptyFrom(from) || surelySystemName.test(from.replace(/@[^\s<>",;]*/g, ' '))) return true;
  const name = from
    .replace(/<[^>]*>|[^\s<]*@[^\s>]*/g, ' ')
    .replace(/["']/g, '')
    .trim();
  return isMailSystemAddress(from) && (name === '' || systemName.test(name));
}

/** A distribution group of Exchange empties the sender and names what answers it does not want, where a mail system suppresses all. */
const isCarriedByGroup = (headers: Record<string, string[]>): boolean =>
  (headers['x-auto-response-suppress'] ?? []).some((value) => value.trim() !== '' && !/\ball\b/i.test(value));

/** Whether a report in this mail is its own. Who asks about one attaches it to a letter. */
function mayReport(root: Part, headers: Record<string, string[]>): boolean {
  if (root.type === 'multipart/report' || isFromMailSystem(headers)) return true;
  return root.type !== 'multipart/mixed' || /^auto-/i.test(headers['auto-submitted']?.[0] ?? '');
}

const hasSystemName = (from: string): boolean => systemName.test(from.replace(/@[^\s<>",;]*/g, ' '));

/** Is this header that of MAILER-DAEMON or postmaster? */
export const isMailSystemAddress = (from: string): boolean => findAddresses(from).some((address) => systemAddress.test(address));

export function hasNullSender(headers: Record<string, string[]>): boolean {
  return (headers['return-path'] ?? []).slice(0, 1).some((value) => /^\s*<\s*>|^\s*<?mailer-daemon(?:@[^>]*)?>?\s*$/i.test(value));
}

function failedRecipients(headers: Record<string, string[]>): string[] {
  return ['x-failed-recipients', 'x-failed-recipient']
    .flatMap((name) => (headers[name] ?? []).slice(0, MOST_RECIPIENTS).flatMap((value) => findAddresses(value.slice(0, LONGEST_REPORT))))
    .slice(0, MOST_RECIPIENTS);
}

/** Headers that only mail systems write; else a mail system's words under a mail system's name. */
function looksLikeBounce(headers: Record<string, string[]>, text: string, hasStatusPart: boolean, hasReturned: boolean): boolean {
  if (hasStatusPart || failedRecipients(headers).length > 0) return true;
  const subject = (headers.subject ?? [''])[0];
  const isReport = /report-type\s*=\s*"?delivery-status/i.test((headers['content-type'] ?? [''])[0]);
  if (isReport) return true;
  if (!isFromMailSystem(headers)) return hasReturned && isPlainFailure(headers, subject, text);
  const says = failureWords.test(text.slice(0, 20_000)) || foreignFailureWords.test(text.slice(0, 20_000));
  const { original } = splitReport(text);
  const returns = hasReturned || original !== '';
  const hasCode = /(?<![\w.])[45]\d\d(?=[ -])/.test(text.slice(0, 20_000));
  if (!isSurelyMailSystem(headers) && !hasReturned && !tellsOfMail(withoutOwnAddresses(text.slice(0, 20_000), headers), original))
    return false;
  if (isBounceSubject(subject) && (says || returns || hasCode)) return true;
  return says && (returns || hasCode) && (hasSystemName((headers.from ?? []).join(' ')) || (hasNullSender(headers) && returns));
}

/** People sign with addresses of their domain, and write to one of ours: a report is about others. */
function withoutOwnAddresses(text: string, headers: Record<string, string[]>): string {
  const own = [...(headers.from ?? []), ...(headers.to ?? [])].flatMap(findAddresses).map(domainOf);
  return text.replace(/@([a-z\d-]+(?:\.[a-z\d-]+)*)/gi, (found, domain: string) => (own.includes(domain.toLowerCase()) ? '' : found));
}

/**
 * What no complaint about a parcel holds: a status of mail (RFC 3463), a reply of a server beside an address, or fields of a returned
 * mail. Companies are called "Money Exchange" or "Express Mail Delivery", and their streets have numbers.
 */
const tellsOfMail = (text: string, original: string): boolean =>
  /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.test(text) ||
  /@[^\n]{1,300}\n?[^\n]{0,300}(?<![\w.])[45]\d\d[ -]|(?<![\w.])[45]\d\d[ -][^\n]{0,300}\n?[^\n]{0,300}@/.test(text) ||
  /^(?:received|return-path|message-id|x-received|dkim-signature|mime-version): ?\S/im.test(original);

/**
 * A gateway under a person's name: a failure's subject without `Re:` or `Fwd:`, words of failure first, a code, and the mail itself. Where
 * nobody reads what the address gets, no person writes: there it needs no code.
 */
function isPlainFailure(headers: Record<string, string[]>, subject: string, text: string): boolean {
  const isUnread = findAddresses((headers.from ?? [''])[0]).some(isUnreadAddress);
  return (
    isBounceSubject(subject) &&
    subjectKey(subject) === withoutGatewayMark(subject).toLowerCase().replace(/\s+/g, ' ').trim() &&
    failureWords.test(text.slice(0, isUnread ? 2000 : 500)) &&
    (isUnread || /(?<![\w.])[45]\d\d(?=[ -])/.test(text.slice(0, 5000)))
  );
}

// --- Amazon SES ----------------------------------------------------------------------------------------------------

interface SesNotice {
  notificationType?: string;
  /** The same, where a configuration set publishes events. */
  eventType?: string;
  /** The notice as a string, where SNS puts an envelope of its own around it. */
  Message?: unknown;
  bounce?: { bounceType?: string; bouncedRecipients?: { emailAddress?: string; status?: string; diagnosticCode?: string }[] };
  mail?: { messageId?: string; commonHeaders?: { messageId?: string } };
}

/** Amazon SES reports by SNS, whose mails are JSON. Complaints are feedback, read elsewhere. */
function amazonNotice(text: string): BounceReport | null {
  const notice = amazonJson(text);
  const type = notice?.notificationType ?? notice?.eventType;
  if (notice === null || (type !== 'Bounce' && type !== 'Delivery')) return null;
  const permanent = notice.bounce?.bounceType !== 'Transient';
  const recipients = (notice.bounce?.bouncedRecipients ?? [])
    .slice(0, MOST_RECIPIENTS)
    .map(({ emailAddress, status, diagnosticCode }): BounceRecipient => {
      const reason = String(diagnosticCode ?? '').replace(/^smtp;\s*/, '');
      const recipient = {
        address: String(emailAddress ?? '').toLowerCase(),
        finalAddress: null,
        ...readCodes(String(status ?? ''), reason, permanent),
        delayed: false,
        reason: cut(reason, 1000),
      };
      return { ...recipient, dead: isDeadAddress(recipient) };
    });
  const id = notice.mail?.commonHeaders?.messageId ?? '';
  return {
    kind: type === 'Bounce' ? 'bounce' : 'delivered',
    bounce: { recipients, originalMessageIds: parseMessageIds(id) },
    reasons: ['amazon-ses'],
  };
}

function readCodes(status: string, reason: string, permanent: boolean): Pick<BounceRecipient, 'status' | 'replyCode' | 'permanent'> {
  const [recipient] = readDsn(`Final-Recipient: rfc822; x@x\nStatus: ${status}\nAction: failed\nDiagnostic-Code: smtp; ${reason}`);
  return { status: recipient.status, replyCode: recipient.replyCode, permanent: status === '' ? permanent : recipient.permanent };
}

/** The notice in a mail of SNS, plain or in the envelope that SNS puts around it; null when there is none. */
export function amazonJson(text: string): SesNotice | null {
  const json = /^\s*(\{\s*"(?:notificationType|eventType|Type)"\s*:[\s\S]{1,200000}?\})\s*(?:\n--|$)/.exec(text)?.[1];
  const outer = json === undefined ? null : parsed(json);
  if (typeof outer?.Message !== 'string') return outer;
  return parsed(outer.Message.slice(0, 200_000)) ?? outer;
}

/** A gateway may have wrapped the lines: no string of JSON holds a line break, so those are none of it. */
function parsed(json: string): SesNotice | null {
  for (const attempt of [json, json.replace(/\r?\n/g, '')]) {
    try {
      const value: unknown = JSON.parse(attempt);
      return typeof value === 'object' && value !== null ? (value as SesNotice) : null;
    } catch {
      // the next attempt, or none
    }
  }
  return null;
}
