import { isDeadAddress } from './dead-address';
import { codesOf } from './dsn';
import { findAddresses } from './dsn-address';
import type { BounceRecipient } from '../../types';
import { cut } from '../../../lib/cut';

/** Bounces that follow no standard: qmail, exim, old sendmail, and hundreds of others. Read by what they have in common. */

/** Lines below which the returned message begins. */
const originalBelow = [
  /^[\s\-_=*>]*(?:this is a copy of (?:the|your) message|(?:here is |below is |below this line is )?a copy of the (?:original )?message|below this line is a copy|message headers? follow|original (?:message|mail)(?! (?:was|has|received))|unsent message|undelivered message|returned message|message text follows|received message|the header of the original message|text of original message|(?:your|the) original message (?:headers?|is|was(?! (?:received|sent|created|submitted|accepted))|begins|reads|follows)|included is a copy|included below|the message returned|body of (?:message|your message)|start of (?:returned )?(?:message|forwarded)|copy of message|headers? of (?:the )?(?:original )?message|-+ ?(?:original|forwarded) message ?-+|transcript of (?:mail|message) follows|the following is a copy)/i,
  /^(?:Received: (?:from|by|\()|Return-Path: ?<|Message-Id: ?<|X-Received: |DKIM-Signature: )/i,
];

/** What a mail system says when it could not deliver. One of these is needed before a text counts as a bounce. */
export const failureWords =
  /undeliver(?:able|ed)|(?:could|can|was|were|has|have|is|are)(?: not|n['’]t| ?not been| not yet been)(?: yet)? (?:be )?(?:been )?(?:successfully )?(?:deliver|sent|reach|process)|delivery (?:has )?(?:failed|failure|error|problems?|status|incomplete|delayed|temporarily|attempt|to the following)|fail(?:ed|ure)? (?:to deliver|delivery|recipient|notice|notification)|failed (?:addresses|permanently|delivery)|permanent(?:ly)? (?:fatal )?(?:error|fail)|returned (?:mail|to sender|message)|user unknown|unknown (?:user|address|recipient|local)|no such (?:user|mailbox|recipient|address|person)|mailbox (?:is )?(?:full|unavailable|not found)|over ?quota|host unknown|did not (?:reach|like)|unable to (?:deliver|send|relay)|not (?:be )?(?:able to|delivered)|error (?:occurred |while |delivering|was encountered)|rejected|there was (?:a|an) (?:error|problem)|your (?:message|mail|e-?mail) .{0,60}(?:not|cannot|could not|failed|rejected|blocked)|message (?:could not|not|delayed|rejected|blocked)|mail (?:system error|failure|could not|delivery)|transcript of session|giving up|gave up|[45]\d\d[ -][45]\.\d\.\d|exceed(?:s|ed|ing)?|does ?n[o'’]t exist|error (?:message|has occurred|occurred)|invalid (?:user|address|recipient|mailbox)|as their mailbox|accounts? (?:is|are|has been) (?:disabled|suspended|inactive)/i;

/** The same in other languages; the subject of such a report says so, too. */
export const foreignFailureWords =
  /nicht zugestellt|unzustellbar|existiert nicht|zustellung|(?:n['’]a|n['’]ont) pas pu|non (?:remis|distribu)|n['’]existe pas|no se (?:ha )?(?:pudo|podido)|no existe|não (?:foi possível|pôde|existe)|non (?:è stato possibile|esiste)|impossibile|niet (?:worden )?(?:bezorgd|afgeleverd)|bestaat niet|kunde inte|finns inte|kunne ikke|findes ikke|finnes ikke|ei voitu|nie (?:można|mog|istnieje)|nelze|neexistuje|nem (?:sikerült|létezik)|не (?:удалось|может быть|доставлен|существует)|teslim edilemedi|bulunamadı|配信|届け|送信でき|存在し|无法|無法|不存在|退信|존재하지|전송/i;

/** Words of a notice that delivery goes on: nothing has failed yet. */
const temporaryWords =
  /will (?:be |keep |continue )?(?:re-?)?(?:tr(?:y|ied)|attempt)|(?:continue|keep) (?:to try|trying|attempting)|(?:has|have) (?:not yet been|been delayed)|delivery (?:delayed|incomplete)|\bdelayed\b|warning: (?:message|could not)|still (?:being|trying)|do(?:es)? not need to resend|you do not need to/i;
const permanentWords =
  /permanent|gave up|giving up|given up|no longer|will not be (?:re)?tried|failed after|could not be delivered (?:for|within|in)|expired|undeliverable|unable to deliver/i;

/** Addresses that speak for the system itself. */
const systemAddress =
  /^(?:postmaster|mailer-?daemon|mail-?daemon|abuse|root|hostmaster|noreply|no-reply|support|help|helpdesk|admin|administrator|webmaster|bounce[^@]*)@/i;

const address = '[^\\s<>()[\\]"\',;:|=：，；、。（）＜＞【】「」“”]{1,64}@[a-zA-Z0-9][a-zA-Z0-9.-]{0,254}';

/** How failed recipients are listed, best form first. */
const listed = [
  new RegExp(`^(?:<<< ?)?[45]\\d\\d[ -](?:[45]\\.\\d\\.\\d )?<(${address})>\\.\\.\\.`, 'gim'),
  new RegExp(`^[\\s*>-]{0,12}(?:<|"|'|\\()?(${address})(?:>|"|'|\\))?\\s*(?::|\\.\\.\\.|$|\\(|\\.$|,$|-? ?[45]\\d\\d|\\s+\\S)`, 'gim'),
  new RegExp(
    `(?:recipients?|rcpt|address(?:es)?|deliver(?:y|ed|ing)?|undeliverable|unable|send|sent|message|mail|reach|user|mailbox|account|to)\\b[^\\n@<]{0,80}?[\\s:<"'\`(]+(${address})`,
    'gi',
  ),
  new RegExp(`<(${address})>`, 'gi'),
  new RegExp(`(${address})`, 'gi'),
];

/** The report without the returned message, and that message as text ('' when it is not in there). */
export function splitReport(text: string): { report: string; original: string } {
  const lines = text.split('\n');
  const at = lines.findIndex((line, i) => i > 0 && originalBelow.some((pattern) => pattern.test(line)));
  return at < 0 ? { report: text, original: '' } : { report: lines.slice(0, at).join('\n'), original: lines.slice(at).join('\n') };
}

/**
 * The failed recipients of a report. `known`: those that a header names. `not`: addresses that are certainly no failed
 * recipient, such as that of the mail's receiver; they count only when no other is there.
 */
export function recipientsIn(report: string, known: string[], not: string[], original: string): BounceRecipient[] {
  const addresses = known.length > 0 ? known : listedAddresses(report, not, originalRecipients(original));
  const lines = report.split('\n').map((text) => lineOf(text, addresses));
  return addresses.map((recipient) => describe(recipient, report, lines));
}

function listedAddresses(report: string, not: string[], returnedTo: string[]): string[] {
  const clean = report
    .replace(/\((?:expanded|generated) from:?[^)\n]{0,300}\)?/gi, ' ')
    .replace(
      /(?:mail from|from|sender|return-path|reply-to|contact|please (?:contact|send|forward)|envelope-from|smtp\.mailfrom)\s*[:=]?\s*<?[^\s<>@]{1,64}@[^\s<>]{1,255}>?/gi,
      ' ',
    );
  const isCandidate = (found: string): boolean => !systemAddress.test(found) && !not.includes(found);
  for (const pattern of listed) {
    const found = [...clean.matchAll(pattern)].flatMap((match) => findAddresses(match[1]));
    const candidates = [...new Set(found)].filter(isCandidate);
    if (candidates.length > 0) return candidates.slice(0, 100);
  }
  const ownAddress = [...clean.matchAll(listed[1])]
    .flatMap((match) => findAddresses(match[1]))
    .filter((found) => !systemAddress.test(found));
  if (ownAddress.length > 0) return [...new Set(ownAddress)].slice(0, 100);
  const returned = returnedTo.filter(isCandidate);
  if (returned.length > 0) return returned.slice(0, 100);
  return [...new Set([...findAddresses(clean).filter((found) => !systemAddress.test(found)), ...returnedTo])].slice(0, 1);
}

/** The recipients of the returned message. */
export function originalRecipients(original: string): string[] {
  const headers = original.slice(0, 20_000);
  const fields = [
    ...headers.matchAll(
      /^(?:to|x-original-to|envelope-to|x-envelope-to|delivered-to|cc|x-rcpt-to|x-receiver|x-hmxmroriginalrecipient):[ \t]*([^\n]*(?:\n[ \t][^\n]*){0,50})/gim,
    ),
  ].flatMap((match) => findAddresses(match[1]));
  const envelope = [...headers.matchAll(/\bfor <([^<>\s]{3,320})>/gi)].flatMap((match) => findAddresses(match[1]));
  return [...new Set([...fields, ...envelope])];
}

/** What tells for good or for now stands at the beginning. */
const MOST_WORDS = 20_000;

function describe(recipient: string, report: string, lines: Line[]): BounceRecipient {
  const words = report.slice(0, MOST_WORDS);
  const reason = reasonFor(recipient, lines) ?? report.replace(/\s+/g, ' ').trim();
  const codes = codesOf('', reason, 'failed');
  const whole = codes.status === null && codes.replyCode === null ? codesOf('', words, 'failed') : codes;
  const hasCode = whole.status !== null || whole.replyCode !== null;
  const isTemporary = temporaryWords.test(words) && !permanentWords.test(words);
  const described = {
    address: recipient,
    finalAddress: null,
    ...whole,
    permanent: hasCode ? whole.permanent : !isTemporary,
    delayed: isTemporary,
    reason: cut(reason, 1000),
  };
  return { ...described, dead: isDeadAddress(described) };
}

/** A line across the report: what follows is about all. */
const separator = /^\s*[-=_*]{10,}\s*$/;

/** A line of a report, and which of the recipients it names. */
interface Line {
  text: string;
  names: string[];
}

function lineOf(text: string, recipients: string[]): Line {
  const lower = text.includes('@') ? text.toLowerCase() : '';
  return { text, names: lower === '' ? [] : recipients.filter((recipient) => lower.includes(recipient)) };
}

/** A recipient may be named again and again: what is told of it stands at the first of them. */
const MOST_BLOCKS = 20;

/** What the report says about one recipient: from its line to the next recipient's, or the lines that name it with a code. */
function reasonFor(recipient: string, lines: Line[]): string | null {
  const blocks: string[] = [];
  for (let i = 0; i < lines.length && blocks.length < MOST_BLOCKS; i++) {
    if (!lines[i].names.includes(recipient)) continue;
    let end = i + 1;
    while (end < lines.length && end < i + 12 && !separator.test(lines[end].text) && !lines[end].names.some((other) => other !== recipient))
      end++;
    blocks.push(told(lines.slice(i, end).map(({ text }) => text)).slice(0, 5000));
  }
  return (blocks.find((block) => anyCode.test(block)) ?? blocks[0])?.replace(/\s+/g, ' ').trim() ?? null;
}

const anyCode = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])|(?<![\w.])[45]\d\d[ -]/;

/** Of a list of recipients, each with its reason behind a colon. */
const listItem = new RegExp(`^\\s*[<"']?${address}[>"']?:\\s+\\S`);

/** Such a list ends with an empty line: what the server says to all stands below it. */
function told(lines: string[]): string {
  if (!listItem.test(lines[0])) return lines.join(' ');
  const end = lines.findIndex((line, index) => index > 0 && (line.trim() === '' || listItem.test(line)));
  return (end < 0 ? lines : lines.slice(0, end)).join(' ');
}
