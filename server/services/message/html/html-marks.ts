import { attribute, type Tag } from './html';

/**
 * The marks that mail programs leave in HTML around the earlier mail and around signatures. One line a program. `container`,
 * `attribution` and `signature` marks end with the element; `below` marks say that everything from here on is the earlier mail.
 */
export type MarkKind = 'container' | 'attribution' | 'below' | 'signature';

interface Mark {
  /** Who writes it. */
  program: string;
  kind: MarkKind;
  /** Tag name, when it matters. */
  tag?: string;
  class?: RegExp;
  id?: RegExp;
  name?: RegExp;
  style?: RegExp;
  /** Any other attribute's name that is enough. */
  has?: RegExp;
}

const marks: Mark[] = [
  { program: 'Gmail', kind: 'container', class: /(?:^|\s)gmail_(?:quote|extra_quote|quote_container)(?:\s|$)/ },
  { program: 'Thunderbird', kind: 'container', class: /(?:^|\s)moz-(?:forward-container|email-headers-table)(?:\s|$)/ },
  { program: 'Thunderbird', kind: 'attribution', class: /(?:^|\s)moz-cite-prefix(?:\s|$)/ },
  { program: 'Thunderbird, Apple Mail, Evolution, KMail, Fastmail', kind: 'container', tag: 'blockquote', has: /\btype\s*=\s*["']?cite/i },
  {
    program: 'Outlook on the web, Outlook 2019 and later',
    kind: 'below',
    id: /^(?:divRplyFwdMsg|appendonsend|divtagdefaultwrapper_quote)$/i,
  },
  { program: 'Outlook on the web 2010', kind: 'below', id: /^divRpF\d+$/ },
  { program: 'Outlook for Mac', kind: 'below', id: /^OLK_SRC_BODY_SECTION$/ },
  { program: 'Outlook mobile', kind: 'below', id: /^(?:ms-outlook-mobile-body-separator-line|mail-editor-reference-message-container)$/ },
  { program: 'Outlook mobile', kind: 'below', class: /(?:^|\s)ms-outlook-mobile-reference-message(?:\s|$)/ },
  { program: 'Hotmail', kind: 'below', id: /^stopSpelling$/i },
  { program: 'Outlook desktop', kind: 'below', tag: 'div', style: /border:none;border-top:(?:solid#?[0-9a-z]+[\d.]+pt|[\d.]+ptsolid)/ },
  {
    program: 'Windows Mail',
    kind: 'below',
    tag: 'div',
    style: /border-top-(?:color|style|width):.*border-top-(?:color|style|width):.*(?:padding|border)/,
  },
  { program: 'Yahoo', kind: 'container', class: /yahoo_quoted/ },
  { program: 'Yahoo', kind: 'container', id: /yahoo_quoted/ },
  { program: 'GMX, WEB.DE, mail.com', kind: 'container', name: /^quote$/ },
  { program: 'Proton', kind: 'container', class: /(?:^|\s)(?:protonmail_quote|proton_quote)(?:\s|$)/ },
  { program: 'Tuta', kind: 'container', class: /tutanota_quote/ },
  { program: 'Zimbra', kind: 'below', tag: 'hr', id: /^zwchr$/ },
  { program: 'Zimbra', kind: 'below', tag: 'hr', has: /\bdata-marker\s*=\s*["']?__DIVIDER__/ },
  { program: 'Zoho', kind: 'container', class: /(?:^|\s)zmail_extra(?:\s|$)/ },
  { program: 'Zoho', kind: 'container', id: /^(?:blockquote_zmail|Zm-_Id_-Sgn1_quote)$/ },
  { program: 'QQ, Foxmail', kind: 'below', tag: 'includetail' },
  { program: 'NetEase', kind: 'container', id: /^isReplyContent$|^divNeteaseMailCard$/ },
  { program: 'Mail.ru', kind: 'container', class: /js-helper\s+js-readmsg-msg/ },
  { program: 'Spark', kind: 'container', name: /^message(?:Reply|Forward)Section$/ },
  { program: 'Airmail', kind: 'container', class: /(?:^|\s)(?:airmail_on|bloop_original_html|bloop_container_quote)(?:\s|$)/ },
  { program: 'Front', kind: 'container', class: /front-blockquote/ },
  { program: 'Missive', kind: 'container', class: /missive_quote/ },
  { program: 'Freshdesk', kind: 'container', class: /freshdesk_quote/ },
  { program: 'Zendesk', kind: 'container', class: /zd-(?:quoted|comment-quote)/ },
  { program: 'Roundcube', kind: 'attribution', id: /^reply-intro$/ },
  { program: 'Lark, Feishu', kind: 'container', class: /(?:lark-mail|history)-quote/ },
  { program: 'eM Client', kind: 'container', class: /(?:^|\s)__?em(?:client)?_quote/i },
  { program: 'Mailbird', kind: 'container', class: /mb_quote|mailbird_quote/i },
  { program: 'Gmail', kind: 'signature', class: /(?:^|\s)gmail_signature(?:_prefix)?(?:\s|$)/ },
  { program: 'Thunderbird', kind: 'signature', class: /(?:^|\s)moz-signature(?:\s|$)/ },
  {
    program: 'Outlook on the web, Apple Mail, Zoho, Roundcube',
    kind: 'signature',
    id: /^(?:x_)*(?:Signature|AppleMailSignature|_rc_sig)$/,
  },
  { program: 'Outlook mobile', kind: 'signature', id: /^ms-outlook-mobile-signature$/ },
  { program: 'Proton', kind: 'signature', class: /(?:^|\s)protonmail_signature_block(?:\s|$)/ },
  { program: 'Yahoo', kind: 'signature', class: /(?:^|\s)ydp\w*signature(?:\s|$)/ },
  { program: 'Spark', kind: 'signature', name: /^messageSignatureSection$/ },
  { program: 'Superhuman', kind: 'signature', class: /(?:^|\s)sh-signature(?:\s|$)/ },
  { program: 'Airmail', kind: 'signature', class: /(?:^|\s)bloop_sign(?:\s|$)/ },
  { program: 'Mail.ru', kind: 'signature', has: /\bdata-signature-widget\s*=\s*["']?container/ },
  { program: 'Zimbra', kind: 'signature', has: /\bdata-marker\s*=\s*["']?__SIG_PRE__/ },
  { program: 'Evolution', kind: 'signature', class: /(?:^|\s)-x-evo-signature(?:-wrapper)?(?:\s|$)/ },
];

/** A cheap look before the table: what every row but the one of QQ has in common. */
const mayMark =
  /quote|moz-|cite|Rply|appendonsend|divRpF|OLK_SRC|outlook-mobile|mail-editor|stopSpelling|border|zwchr|DIVIDER|zmail|Zm-|Netease|isReply|readmsg|Section|airmail|bloop|reply-intro|signature|_sign|rc_sig|SIG_PRE/i;

/** Does this tag begin the earlier mail or a signature, and how far does that reach? */
export function mailMark(tag: Tag): MarkKind | null {
  if (!mayMark.test(tag.attributes) && tag.name !== 'includetail') return null;
  return markOf(tag)?.kind ?? null;
}

function markOf(tag: Tag): Mark | null {
  const read = { class: attribute(tag, 'class'), id: attribute(tag, 'id'), name: attribute(tag, 'name'), style: '' };
  if (tag.name === 'div') read.style = attribute(tag, 'style').replace(/\s+/g, '').toLowerCase();
  return marks.find((mark) => fits(mark, tag, read)) ?? null;
}

function fits(mark: Mark, tag: Tag, read: Record<'class' | 'id' | 'name' | 'style', string>): boolean {
  if (mark.tag !== undefined && mark.tag !== tag.name) return false;
  if (mark.has !== undefined) return mark.has.test(tag.attributes.slice(0, 2000));
  const tests = (['class', 'id', 'name', 'style'] as const).filter((key) => mark[key] !== undefined);
  return tests.every((key) => read[key] !== '' && (mark[key] as RegExp).test(read[key].slice(0, 2000)));
}
