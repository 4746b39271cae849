import { LINE_LENGTH } from '../../../../shared/lengths';
import { lowerCase } from '../mime/lower-case';

/** Prefixes that mail programs put before a subject, by language; each is followed by a colon (Latin or full width). */
const prefixes = {
  'English and most programs': ['re', 'fw', 'fwd', 'reply', 'auto', 'automatic reply', 'out of office'],
  German: ['aw', 'antw', 'wg', 'weiterleitung', 'automatische antwort', 'abwesenheitsnotiz'],
  'Danish, Norwegian, Swedish': ['sv', 'vs', 'vb', 'vidarebefordrat', 'autosvar', 'automatisk svar'],
  Finnish: ['vs', 'vl', 'vast'],
  Dutch: ['antw', 'betr', 'doorst', 'automatisch antwoord'],
  French: ['re', 'ré', 'rép', 'tr', 'réponse automatique', 'transf'],
  Spanish: ['rv', 'res', 'reenv', 'respuesta automática'],
  Portuguese: ['res', 'enc', 'resposta automática'],
  Italian: ['r', 'rif', 'i', 'inoltra', 'risposta automatica', 'posta certificata', 'anomalia messaggio'],
  Polish: ['odp', 'pd', 'odpowiedź automatyczna'],
  Czech: ['odp', 'předáno', 'automatická odpověď'],
  Slovak: ['odp', 'automatická odpoveď'],
  Hungarian: ['vá', 'továbbítás', 'tov', 'automatikus válasz'],
  Romanian: ['răsp', 'redir', 'răspuns automat'],
  Turkish: ['ynt', 'ilt', 'yan', 'otomatik yanıt'],
  Greek: ['απ', 'σχετ', 'πρθ', 'αυτόματη απάντηση'],
  Russian: ['ответ', 'отв', 'на', 'пересл', 'автоматический ответ'],
  Ukrainian: ['відп', 'переслано', 'автоматична відповідь'],
  Bulgarian: ['отг', 'препр'],
  Icelandic: ['sv', 'fs'],
  Welsh: ['atb', 'ymlaen'],
  Indonesian: ['bls', 'trs'],
  Estonian: ['vs', 'edasi'],
  Latvian: ['atb', 'pārs'],
  Lithuanian: ['ats', 'pers'],
  Croatian: ['odg', 'proslijeđeno'],
  Slovenian: ['odg', 'posr'],
  Vietnamese: ['trả lời', 'chuyển tiếp', 'tl', 'ct'],
  Hebrew: ['תשובה', 'השב', 'הועבר'],
  Arabic: ['رد', 'إعادة توجيه', 'الرد'],
  Persian: ['پاسخ', 'هدایت'],
  Chinese: ['回复', '回覆', '答复', '答覆', '转发', '轉寄', '轉發', '自动回复', '自動回覆'],
  Japanese: ['返信', '転送', '自動応答'],
  Korean: ['답장', '회신', '전달', '자동 회신'],
  Thai: ['ตอบ', 'ตอบกลับ', 'ส่งต่อ'],
};

const prefixWords = [...new Set(Object.values(prefixes).flat())].sort((a, b) => b.length - a.length).join('|');

/** `Re:`, `RE[2]:`, `Re^3:`, `AW (2):`, `回复：`. */
const prefix = new RegExp(`^(?:${prefixWords})\\.?\\s?(?:[\\[(^]?\\s?\\d{1,3}\\s?[\\])]?|\\*\\d{1,3})?\\s?[:：]\\s*`, 'u');

/** `[TT1001]`, `[#1001]`, `[Case: 42]`, `(Ticket#1001)`, `TT1001:` — the numbers that help desks write into subjects. */
const ticketTag =
  /\[\s?\p{L}{0,6}-?\d{1,20}\s?\]|[[(]\s?[\p{L} ]{0,20}[#:№]\s?\p{L}{0,6}-?\d{1,20}\s?[\])]|^\p{L}{2}-?\d{3,20}\s?[:-]\s?/gu;
/** `[EXTERNAL]`, `*****SPAM*****`, `{Spam?}`: what the customer's or our gateway writes before a subject. */
const gatewayMark =
  /^(?:\[(?:ext(?:ernal|ern|erne|erno|ernal (?:e-?mail|sender))?|esterno|(?:suspected |possible )?spam)\]|\{(?:spam|virus)\?\}|\*{2,10} ?(?:spam|unchecked|external) ?\*{2,10})[ :-]*/iu;
export const withoutGatewayMark = (subject: string): string => subject.trimStart().replace(gatewayMark, '');
const trailingForward = /\s*\((?:fwd|fw)\)$/;

/** Does a reply, a forward or a ticket have this subject, by its prefix or number? */
export function namesEarlierMail(subject: string): boolean {
  const plain = lowerCase(
    withoutGatewayMark(subject.slice(0, 1000).normalize('NFC'))
      .replace(/[\s\p{Cf}]+/gu, ' ')
      .trim(),
  );
  return prefix.test(plain) || plain.search(ticketTag) >= 0 || trailingForward.test(plain);
}

/**
 * What a subject is about: lower case, without the prefixes of replies and forwards in any language, without ticket numbers,
 * without the marks of gateways, white space collapsed. '' when nothing is left. Two subjects with one key (not '') belong to one conversation.
 */
export function subjectKey(subject: string): string {
  let key = lowerCase(subject.slice(0, 1000).normalize('NFC'))
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim();
  for (let round = 0; round < 20; round++) {
    const shorter = withoutGatewayMark(key.replace(ticketTag, ' '))
      .replace(prefix, '')
      .replace(trailingForward, '')
      .replace(/ {2,}/g, ' ')
      .trim();
    if (shorter === key) break;
    key = shorter;
  }
  return key;
}

/** The same as a ticket's row keeps it. */
export const storedSubjectKey = (subject: string): string => subjectKey(subject).slice(0, LINE_LENGTH);
