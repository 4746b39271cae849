import { withoutGatewayMark } from '../subject-key';

/**
 * What a subject says about an automatic reply.
 *
 * `prefix`: words that programs put before the subject that they answer ("Automatic reply: Printer"); nobody else writes so.
 * `reply`: the same words in another form ("[Auto-Reply] …", "Vacation reply") or a sentence that programs write ("Anna is out of
 * the office"). `absence`: words that people write as well ("Out of office", "Frånvaro: Otto", "Auto: Räder"). The last two do not
 * decide alone: see automatic.ts. An answer to an automatic reply ("Re: Automatic reply: …") is none of these, since a person
 * answers it.
 */
type AbsenceSubject = 'prefix' | 'reply' | 'absence' | null;

export function absenceSubjectOf(subject: string): AbsenceSubject {
  const line = withoutGatewayMark(subject.slice(0, 300))
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  if (prefixes.test(line) || dominoForm.test(line)) return 'prefix';
  if (replies.test(line) || sentences.test(line) || absenceBeforeReply.test(line)) return 'reply';
  return absences.test(line) ? 'absence' : null;
}

/** By language, as mail programs and servers write them. */
const replyWords = [
  // English, also behind "Out of office"
  '(?:out[ -]of[ -](?:the[ -])?office[ :-]{0,3})?auto(?:matic|mated|mat|-| )? ?-?(?:re(?:ply|sponse|sponder)|answer)',
  'out[ -]of[ -](?:the[ -])?office (?:reply|response|message|notification|notice)',
  'vacation (?:reply|response|message|notification)',
  'auto(?:matische|matisierte)? ?-?antwort',
  'automatisch antwoord|automatische beantwoording',
  'automatisk svar|automatiskt svar|autosvar|autom\\. svar',
  'automaattinen vastaus|automaattivastaus|poissaoloviesti',
  'réponse automatique|réponse d.absence|message d.absence',
  'respuesta automática|respuesta de fuera de (?:la )?oficina',
  'resposta automática|resposta autom[aà]tica',
  'risposta automatica|risposta di assenza',
  'odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź',
  'automatická odpověď|automatická odpoveď',
  'automatikus válasz',
  'răspuns automat',
  'automatski odgovor|samodejni odgovor|аутоматски одговор|автоматски одговор',
  'автоматичен отговор|автоматический ответ|автоответ(?:чик)?|автоматична відповідь',
  'αυτόματη απάντηση',
  'otomatik yanıt',
  'automaatvastus|automātiska atbilde|automatinis atsakymas',
  'erantzun automatikoa|resposta automàtica|sjálfvirkt svar',
  '自动(?:回复|答复)|自動(?:回覆|応答|返信)|자동 ?(?:회신|응답)',
  'trả lời tự động|ตอบกลับอัตโนมัติ|balasan otomatis|jawapan automatik',
  'תשובה אוטומטית|رد تلقائي|پاسخ خودکار|स्वचालित (?:उत्तर|प्रतिक्रिया)',
  'abwesenheits(?:notiz|nachricht|assistent|benachrichtigung|meldung)',
  'afwezigheids(?:bericht|melding|assistent)|frånvaromeddelande|fraværsmelding|fraværsbesked',
  '不在(?:のお知らせ|通知)|外出通知',
];

const absenceWords = [
  'auto',
  'out of (?:the )?office|ooo|oof|away from (?:the )?(?:office|mail|my mail)|on vacation|on holiday|on leave|vacation',
  'abwesend|abwesenheit|nicht im (?:büro|haus)|im urlaub',
  'absence(?: du bureau)?|absente?(?: du bureau)?',
  'fuera de la oficina|ausente|ausencia|fora do escritório|ausência',
  'fuori (?:ufficio|sede)|assenza|assente',
  'afwezig(?:heid)?|frånvaro|frånvarande|fravær|ikke til ?stede|poissa',
  'poza biurem|nieobecno(?:ść|sc)|mimo kancelář|nepřítomnost|házon kívül|távollét|ofis dışında',
  'не на работе|отсутств\\S*|відсутн\\S*|отпуск',
  '不在|外出中|休暇|부재중',
];

/** At the start, with a colon and a subject behind it. */
const prefixes = new RegExp(`^(?:${replyWords.join('|')})\\s?[:：]\\s*\\S`, 'iu');

/** At the start, in brackets or followed by what parts them from the subject that is answered, or as the whole subject. */
const replies = new RegExp(
  `^(?:[\\[(]\\s?(?:${replyWords.join('|')})\\s?[\\])]|(?:${replyWords.join('|')})\\s?(?:[:：]|[-–—] |[\\[(<"“„«「]|$))`,
  'iu',
);

/** Notes and Domino put nothing else into what they answer: `AUTO: Anna Berg is out of the office (returning 05.01.2027)`, in each language. */
const dominoForm = /^AUTO ?: ?\p{L}[^:]{2,150}\([^()]{0,40}\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}\.?\)$/u;

/** Names before it are short (Domino's are paths): a person's sentence that mentions an office is longer. */
const sentences =
  /^(?:\p{L}[\p{L}.,'’ -]{0,60}(?:\/[\w .-]{1,40}){0,5}|i) (?:is|am|will be) (?:currently )?(?:out of (?:the )?office|away from (?:the|my) (?:office|mail|e-?mail)|on (?:vacation|annual leave))(?:$|[ .,:(!])/iu;

/** `Out of office: Re: Offer`: a program puts the words before the subject that it answers. */
const absenceBeforeReply = new RegExp(`^(?:${absenceWords.join('|')})\\s?[:：]\\s?(?:re|aw|sv|vs|ynt|odp|antw|res|rif)\\s?[:：]`, 'iu');

const absences = new RegExp(`^(?:${absenceWords.join('|')})\\s?(?:[:：]|[-–—] |\\(|$)`, 'iu');
