import type { Language } from '../../../shared/vocabulary';
import type { Speech } from '../settings/speech';

interface NoticeWords {
  subject: string;
  text: string;
  more: string;
}

interface EmailWords {
  /** For day and month names. */
  locale: string;
  /** Whatever stands between `##-` and `-##` marks where the answer ends: see message/reading/own-marker.ts. */
  replyMarker: string;
  /** In place of an author without a name. */
  support: string;
  earlierLeftOut: string;
  yes: string;
  no: string;
  /** The text of the template `change-comments` as long as nobody changes it. */
  changeComments: { greeting: string; news: string; answer: string; number: string };
  /** Those of `ticket-opened` and `ticket-closed`; the number of the ticket goes behind the subject. */
  opened: NoticeWords;
  closed: NoticeWords;
  /** What stands above each message that is forwarded. */
  forwarded: { title: string; from: string; date: string; subject: string };
  testSubject: string;
  testText: string;
}

/** All that the plugin itself says to customers. */
export const EMAIL_WORDS: Record<Language, EmailWords> = {
  en: {
    locale: 'en-GB',
    replyMarker: '##- Please type your reply above this line -##',
    support: 'Support',
    earlierLeftOut: 'Earlier comments are left out.',
    yes: 'Yes',
    no: 'No',
    changeComments: {
      greeting: 'Hello $contacts-firstName|there$,',
      news: 'there is news on your request',
      answer: 'To answer, just reply to this email.',
      number: 'Ticket number',
    },
    opened: {
      subject: 'We have received your message',
      text: 'thank you for your message <strong>$helpdesk-title$</strong>. It has reached us, and somebody will see to it.',
      more: 'To add something, just reply to this email.',
    },
    closed: {
      subject: 'Closed',
      text: 'we have closed your request <strong>$helpdesk-title$</strong>.',
      more: 'If anything is left to do, just reply to this email.',
    },
    forwarded: { title: 'Forwarded message', from: 'From', date: 'Date', subject: 'Subject' },
    testSubject: 'Test email',
    testText: 'This test email was sent by Mail Scanner for Strapi: outgoing mail works.',
  },
  de: {
    locale: 'de-DE',
    replyMarker: '##- Bitte schreiben Sie Ihre Antwort über diese Zeile -##',
    support: 'Support',
    earlierLeftOut: 'Ältere Kommentare sind weggelassen.',
    yes: 'Ja',
    no: 'Nein',
    changeComments: {
      greeting: 'Hallo $contacts-firstName|und guten Tag$,',
      news: 'es gibt Neues zu Ihrer Anfrage',
      answer: 'Zum Antworten genügt eine Antwort auf diese E-Mail.',
      number: 'Ticketnummer',
    },
    opened: {
      subject: 'Ihre Nachricht ist angekommen',
      text: 'vielen Dank für Ihre Nachricht <strong>$helpdesk-title$</strong>. Sie ist bei uns angekommen, und wir kümmern uns darum.',
      more: 'Wenn Sie etwas ergänzen möchten, genügt eine Antwort auf diese E-Mail.',
    },
    closed: {
      subject: 'Abgeschlossen',
      text: 'wir haben Ihre Anfrage <strong>$helpdesk-title$</strong> abgeschlossen.',
      more: 'Falls noch etwas offen ist, genügt eine Antwort auf diese E-Mail.',
    },
    forwarded: { title: 'Weitergeleitete Nachricht', from: 'Von', date: 'Datum', subject: 'Betreff' },
    testSubject: 'Test-E-Mail',
    testText: 'Diese Test-E-Mail kommt von Mail Scanner für Strapi: Ausgehende E-Mails funktionieren.',
  },
  es: {
    locale: 'es-ES',
    replyMarker: '##- Escriba su respuesta por encima de esta línea -##',
    support: 'Soporte',
    earlierLeftOut: 'Los comentarios anteriores se han omitido.',
    yes: 'Sí',
    no: 'No',
    changeComments: {
      greeting: 'Hola, $contacts-firstName|buenos días$:',
      news: 'hay novedades sobre su consulta',
      answer: 'Para contestar, basta con responder a este correo.',
      number: 'Número de ticket',
    },
    opened: {
      subject: 'Hemos recibido su mensaje',
      text: 'gracias por su mensaje <strong>$helpdesk-title$</strong>. Lo hemos recibido y nos ocuparemos de él.',
      more: 'Si desea añadir algo, basta con responder a este correo.',
    },
    closed: {
      subject: 'Cerrada',
      text: 'hemos cerrado su consulta <strong>$helpdesk-title$</strong>.',
      more: 'Si queda algo pendiente, basta con responder a este correo.',
    },
    forwarded: { title: 'Mensaje reenviado', from: 'De', date: 'Fecha', subject: 'Asunto' },
    testSubject: 'Correo de prueba',
    testText: 'Este correo de prueba lo envió Mail Scanner para Strapi: el correo saliente funciona.',
  },
  fi: {
    locale: 'fi-FI',
    replyMarker: '##- Kirjoita vastauksesi tämän rivin yläpuolelle -##',
    support: 'Tuki',
    earlierLeftOut: 'Aiemmat kommentit on jätetty pois.',
    yes: 'Kyllä',
    no: 'Ei',
    changeComments: {
      greeting: 'Hyvä $contacts-firstName|asiakas$,',
      news: 'pyyntöösi on tullut uutta',
      answer: 'Voit vastata suoraan tähän viestiin.',
      number: 'Tikettinumero',
    },
    opened: {
      subject: 'Viestisi on vastaanotettu',
      text: 'kiitos viestistäsi <strong>$helpdesk-title$</strong>. Se on tullut perille, ja käsittelemme sen.',
      more: 'Jos haluat lisätä jotain, vastaa tähän viestiin.',
    },
    closed: {
      subject: 'Suljettu',
      text: 'olemme sulkeneet pyyntösi <strong>$helpdesk-title$</strong>.',
      more: 'Jos jotain jäi kesken, vastaa tähän viestiin.',
    },
    forwarded: { title: 'Edelleenlähetetty viesti', from: 'Lähettäjä', date: 'Päivämäärä', subject: 'Aihe' },
    testSubject: 'Testiviesti',
    testText: 'Tämän testiviestin lähetti Mail Scanner for Strapi: lähtevä posti toimii.',
  },
  fr: {
    locale: 'fr-FR',
    replyMarker: '##- Veuillez écrire votre réponse au-dessus de cette ligne -##',
    support: 'Support',
    earlierLeftOut: 'Les commentaires plus anciens sont omis.',
    yes: 'Oui',
    no: 'Non',
    changeComments: {
      greeting: 'Bonjour $contacts-firstName|à vous$,',
      news: 'il y a du nouveau au sujet de votre demande',
      answer: 'Pour répondre, répondez simplement à cet e-mail.',
      number: 'Numéro de ticket',
    },
    opened: {
      subject: 'Nous avons bien reçu votre message',
      text: 'merci pour votre message <strong>$helpdesk-title$</strong>. Nous l’avons bien reçu et nous nous en occupons.',
      more: 'Pour ajouter quelque chose, répondez simplement à cet e-mail.',
    },
    closed: {
      subject: 'Clôturée',
      text: 'nous avons clôturé votre demande <strong>$helpdesk-title$</strong>.',
      more: 'S’il reste quelque chose à régler, répondez simplement à cet e-mail.',
    },
    forwarded: { title: 'Message transféré', from: 'De', date: 'Date', subject: 'Objet' },
    testSubject: 'E-mail de test',
    testText: 'Cet e-mail de test a été envoyé par Mail Scanner pour Strapi : l’envoi fonctionne.',
  },
  sv: {
    locale: 'sv-SE',
    replyMarker: '##- Skriv ditt svar ovanför den här raden -##',
    support: 'Support',
    earlierLeftOut: 'Tidigare kommentarer är utelämnade.',
    yes: 'Ja',
    no: 'Nej',
    changeComments: {
      greeting: 'Hej $contacts-firstName|där$,',
      news: 'det finns nyheter om ditt ärende',
      answer: 'Svara på det här mejlet för att skriva till oss.',
      number: 'Ärendenummer',
    },
    opened: {
      subject: 'Vi har tagit emot ditt meddelande',
      text: 'tack för ditt meddelande <strong>$helpdesk-title$</strong>. Det har kommit fram, och vi tar hand om det.',
      more: 'Svara på det här mejlet om du vill lägga till något.',
    },
    closed: {
      subject: 'Avslutat',
      text: 'vi har avslutat ditt ärende <strong>$helpdesk-title$</strong>.',
      more: 'Svara på det här mejlet om något återstår.',
    },
    forwarded: { title: 'Vidarebefordrat meddelande', from: 'Från', date: 'Datum', subject: 'Ämne' },
    testSubject: 'Testmejl',
    testText: 'Det här testmejlet skickades av Mail Scanner för Strapi: utgående e-post fungerar.',
  },
};

/** Kept, because to make one takes longer than all else of a short email. There are few languages, and one time zone at a time. */
const formats = new Map<string, { day: Intl.DateTimeFormat; clock: Intl.DateTimeFormat }>();
const MOST_FORMATS = 50;

function formatsOf({ language, timeZone }: Speech) {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const { locale } = EMAIL_WORDS[language];
  const made = {
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone }),
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short' }),
  };
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}

/** A moment in words, such as "24 November 2026, 09:30 UTC". The zone is named: the reader's own is not known. '' for an invalid one. */
export function formatTime(time: Date, speech: Speech): string {
  if (Number.isNaN(time.getTime())) return '';
  const { day, clock } = formatsOf(speech);
  return `${day.format(time)}, ${clock.format(time)}`;
}

/** Whether this is the name of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
