import { withoutGatewayMark } from '../subject-key';

/** `Read: Lamp`: what Outlook and Exchange write before the subject of an email that was opened or deleted, by language. */
const opened = [
  'read|not read',
  'gelesen|ungelesen|nicht gelesen',
  'lu|non lu',
  'leído|no leído',
  'letto|non letto',
  'gelezen|niet gelezen|ongelezen',
  'lid[oa]|não lid[oa]',
  'läst|oläst',
  'læst|ulæst|ikke læst|lest|ulest',
  'luettu|ei luettu',
  'przeczytano|nie przeczytano|przeczytane',
  'přečteno|nepřečteno',
  'olvasva|elolvasva',
  'прочтено|прочитано|не прочтено',
  'okundu|okunmadı',
  'αναγνώσθηκε|αναγνώστηκε|διαβάστηκε',
  'citit|necitit|pročitano|nepročitano|prebrano|neprebrano|prečítané|neprečítané|llegit|no llegit',
  'прочетено|прочитано|не прочитано',
  'loetud|lugemata|izlasīts|nelasīts|perskaityta|neperskaityta',
  'נקרא|לא נקרא|مقروءة|غير مقروءة',
  'đã đọc|chưa đọc|dibaca|tidak dibaca|อ่าน|ยังไม่ได้อ่าน',
  '已读|未读|既読|開封済み|未開封|已讀取|未讀取|읽음|읽지 않음',
];
const subjectForm = new RegExp(`^(?:${opened.join('|')})\\s?[:：]\\s*(\\S.*)$`, 'iu');
const labelled = /^\s*\p{L}[\p{L} ]{0,20}\s?[:：]\s*(\S.*)$/u;

/** It has hardly more than the three lines about the email. */
const LONGEST = 1000;

/** From nobody, a subject of that form and hardly a word are enough: people have an address to answer to. */
export function isReceiptSubject(subject: string, text: string): boolean {
  return text.length <= LONGEST && subjectForm.test(withoutGatewayMark(subject.slice(0, 500)));
}

/**
 * Is it a receipt that lost its MIME structure on the way (RFC 8098)? A person may write "Read: Lamp" as well; the block with recipient,
 * subject and date, and little else, is a program's.
 */
export function isReceiptText(subject: string, text: string): boolean {
  const about = subjectForm.exec(withoutGatewayMark(subject.slice(0, 500)))?.[1].trim();
  if (about === undefined || text.length > LONGEST) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line, i) => i > 0 && labelled.test(line));
  if (first !== 1 || lines.length > 8) return false;
  const values = lines.slice(first, first + 3).map((line) => labelled.exec(line)?.[1].trim());
  return !values.includes(undefined) && values.includes(about);
}
