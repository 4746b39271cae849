import type { Language, TicketStatus } from '../../../shared/vocabulary';

/** What the page says on which a customer reads and answers their ticket. */
interface PageWords extends Record<TicketStatus, string> {
  /** In the email. */
  link: string;
  title: string;
  you: string;
  earlier: string;
  answer: string;
  files: string;
  send: string;
  close: string;
  sent: string;
  closed: string;
  gone: string;
  often: string;
  empty: string;
  tooLarge: string;
  failed: string;
  script: string;
}

export const PAGE_WORDS: Record<Language, PageWords> = {
  en: {
    link: 'See and answer your request online',
    title: 'Your request',
    you: 'You',
    Open: 'We will answer',
    'In Progress': 'We are working on it',
    'Wait For Response': 'We are waiting for your answer',
    Closed: 'Closed',
    earlier: 'Earlier messages',
    answer: 'Your answer',
    files: 'Files (18 MB in all)',
    send: 'Send',
    close: 'My request is solved',
    sent: 'Your answer was sent.',
    closed: 'Thank you. Your request is closed. An answer opens it again.',
    gone: 'This link is not valid any more. Please answer one of our emails.',
    often: 'Too many requests. Please try again later.',
    empty: 'Please write something or choose a file.',
    tooLarge: 'Please choose at most 20 files of 10 MB each and 18 MB in all.',
    failed: 'That did not work. Please try again.',
    script: 'This page needs JavaScript. You can also answer one of our emails.',
  },
  de: {
    link: 'Ihre Anfrage online ansehen und beantworten',
    title: 'Ihre Anfrage',
    you: 'Sie',
    Open: 'Wir antworten Ihnen',
    'In Progress': 'Wir arbeiten daran',
    'Wait For Response': 'Wir warten auf Ihre Antwort',
    Closed: 'Geschlossen',
    earlier: 'Frühere Nachrichten',
    answer: 'Ihre Antwort',
    files: 'Dateien (zusammen 18 MB)',
    send: 'Senden',
    close: 'Meine Anfrage ist gelöst',
    sent: 'Ihre Antwort wurde gesendet.',
    closed: 'Vielen Dank. Ihre Anfrage ist geschlossen. Eine Antwort öffnet sie wieder.',
    gone: 'Dieser Link ist nicht mehr gültig. Bitte antworten Sie auf eine unserer E-Mails.',
    often: 'Zu viele Anfragen. Bitte versuchen Sie es später noch einmal.',
    empty: 'Bitte schreiben Sie etwas, oder wählen Sie eine Datei.',
    tooLarge: 'Bitte wählen Sie höchstens 20 Dateien mit je 10 MB und zusammen 18 MB.',
    failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
    script: 'Diese Seite braucht JavaScript. Sie können auch auf eine unserer E-Mails antworten.',
  },
  es: {
    link: 'Ver y responder su consulta en línea',
    title: 'Su consulta',
    you: 'Usted',
    Open: 'Le responderemos',
    'In Progress': 'Estamos trabajando en ello',
    'Wait For Response': 'Esperamos su respuesta',
    Closed: 'Cerrada',
    earlier: 'Mensajes anteriores',
    answer: 'Su respuesta',
    files: 'Archivos (18 MB en total)',
    send: 'Enviar',
    close: 'Mi consulta está resuelta',
    sent: 'Su respuesta se ha enviado.',
    closed: 'Gracias. Su consulta está cerrada. Una respuesta la vuelve a abrir.',
    gone: 'Este enlace ya no es válido. Responda a uno de nuestros correos.',
    often: 'Demasiadas solicitudes. Vuelva a intentarlo más tarde.',
    empty: 'Escriba algo o elija un archivo.',
    tooLarge: 'Elija como máximo 20 archivos de 10 MB cada uno y 18 MB en total.',
    failed: 'No ha funcionado. Vuelva a intentarlo.',
    script: 'Esta página necesita JavaScript. También puede responder a uno de nuestros correos.',
  },
  fi: {
    link: 'Katso pyyntöäsi ja vastaa verkossa',
    title: 'Pyyntösi',
    you: 'Sinä',
    Open: 'Vastaamme sinulle',
    'In Progress': 'Käsittelemme asiaa',
    'Wait For Response': 'Odotamme vastaustasi',
    Closed: 'Suljettu',
    earlier: 'Aiemmat viestit',
    answer: 'Vastauksesi',
    files: 'Tiedostot (yhteensä 18 Mt)',
    send: 'Lähetä',
    close: 'Asiani on ratkaistu',
    sent: 'Vastauksesi on lähetetty.',
    closed: 'Kiitos. Pyyntösi on suljettu. Vastaus avaa sen uudelleen.',
    gone: 'Tämä linkki ei ole enää voimassa. Vastaa johonkin sähköpostiimme.',
    often: 'Liian monta pyyntöä. Yritä myöhemmin uudelleen.',
    empty: 'Kirjoita jotain tai valitse tiedosto.',
    tooLarge: 'Valitse enintään 20 tiedostoa, kukin enintään 10 Mt ja yhteensä 18 Mt.',
    failed: 'Se ei onnistunut. Yritä uudelleen.',
    script: 'Tämä sivu tarvitsee JavaScriptin. Voit myös vastata johonkin sähköpostiimme.',
  },
  fr: {
    link: 'Consulter votre demande et y répondre en ligne',
    title: 'Votre demande',
    you: 'Vous',
    Open: 'Nous allons vous répondre',
    'In Progress': 'Nous nous en occupons',
    'Wait For Response': 'Nous attendons votre réponse',
    Closed: 'Clôturée',
    earlier: 'Messages précédents',
    answer: 'Votre réponse',
    files: 'Fichiers (18 Mo au total)',
    send: 'Envoyer',
    close: 'Ma demande est résolue',
    sent: 'Votre réponse a été envoyée.',
    closed: 'Merci. Votre demande est clôturée. Une réponse la rouvre.',
    gone: 'Ce lien n’est plus valable. Veuillez répondre à l’un de nos e-mails.',
    often: 'Trop de demandes. Veuillez réessayer plus tard.',
    empty: 'Veuillez écrire quelque chose ou choisir un fichier.',
    tooLarge: 'Veuillez choisir au plus 20 fichiers de 10 Mo chacun et 18 Mo au total.',
    failed: 'Cela n’a pas fonctionné. Veuillez réessayer.',
    script: 'Cette page nécessite JavaScript. Vous pouvez aussi répondre à l’un de nos e-mails.',
  },
  sv: {
    link: 'Se och besvara ditt ärende på webben',
    title: 'Ditt ärende',
    you: 'Du',
    Open: 'Vi svarar dig',
    'In Progress': 'Vi arbetar med det',
    'Wait For Response': 'Vi väntar på ditt svar',
    Closed: 'Avslutat',
    earlier: 'Tidigare meddelanden',
    answer: 'Ditt svar',
    files: 'Filer (sammanlagt 18 MB)',
    send: 'Skicka',
    close: 'Mitt ärende är löst',
    sent: 'Ditt svar har skickats.',
    closed: 'Tack. Ditt ärende är avslutat. Ett svar öppnar det igen.',
    gone: 'Länken gäller inte längre. Svara på något av våra mejl.',
    often: 'För många förfrågningar. Försök igen senare.',
    empty: 'Skriv något eller välj en fil.',
    tooLarge: 'Välj högst 20 filer på 10 MB var och sammanlagt 18 MB.',
    failed: 'Det gick inte. Försök igen.',
    script: 'Sidan kräver JavaScript. Du kan också svara på något av våra mejl.',
  },
};
