import type { Language, Score } from '../../../shared/vocabulary';

/** What is said to customers who are asked how content they are. The answers are the links of the email, and stand on the page. */
interface RatingWords extends Record<Score, string> {
  subject: string;
  text: string;
  title: string;
  comment: string;
  send: string;
  thanks: string;
  change: string;
  choose: string;
  /** In place of the question. */
  final: string;
  gone: string;
  often: string;
}

export const RATING_WORDS: Record<Language, RatingWords> = {
  en: {
    subject: 'How did we do?',
    text: 'we have closed your request <strong>$helpdesk-title$</strong>. How satisfied are you with our help?',
    good: 'Good',
    ok: 'It was all right',
    bad: 'Not good',
    title: 'How satisfied are you with our help?',
    comment: 'Would you like to add something? (optional)',
    send: 'Send',
    thanks: 'Thank you for your answer.',
    change: 'You can change it for seven days.',
    choose: 'Please choose an answer.',
    final: 'Thank you. Your answer was noted and cannot be changed any more.',
    gone: 'This link is not valid any more.',
    often: 'Too many requests. Please try again in a minute.',
  },
  de: {
    subject: 'Wie zufrieden sind Sie?',
    text: 'wir haben Ihre Anfrage <strong>$helpdesk-title$</strong> abgeschlossen. Wie zufrieden sind Sie mit unserer Hilfe?',
    good: 'Gut',
    ok: 'Ganz in Ordnung',
    bad: 'Nicht gut',
    title: 'Wie zufrieden sind Sie mit unserer Hilfe?',
    comment: 'Möchten Sie etwas dazu sagen? (freiwillig)',
    send: 'Absenden',
    thanks: 'Vielen Dank für Ihre Antwort.',
    change: 'Sie können sie sieben Tage lang ändern.',
    choose: 'Bitte wählen Sie eine Antwort.',
    final: 'Vielen Dank. Ihre Antwort ist vermerkt und lässt sich nicht mehr ändern.',
    gone: 'Dieser Link ist nicht mehr gültig.',
    often: 'Zu viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  es: {
    subject: '¿Qué le ha parecido?',
    text: 'hemos cerrado su consulta <strong>$helpdesk-title$</strong>. ¿Está satisfecho con nuestra ayuda?',
    good: 'Bien',
    ok: 'Aceptable',
    bad: 'Mal',
    title: '¿Qué le ha parecido nuestra ayuda?',
    comment: '¿Desea añadir algo? (opcional)',
    send: 'Enviar',
    thanks: 'Gracias por su respuesta.',
    change: 'Puede cambiarla durante siete días.',
    choose: 'Elija una respuesta.',
    final: 'Gracias. Su respuesta está registrada y ya no se puede cambiar.',
    gone: 'Este enlace ya no es válido.',
    often: 'Demasiadas solicitudes. Vuelva a intentarlo dentro de un minuto.',
  },
  fi: {
    subject: 'Miten onnistuimme?',
    text: 'olemme sulkeneet pyyntösi <strong>$helpdesk-title$</strong>. Kuinka tyytyväinen olet apuumme?',
    good: 'Hyvin',
    ok: 'Ihan hyvin',
    bad: 'Huonosti',
    title: 'Miten onnistuimme auttamaan?',
    comment: 'Haluatko lisätä jotain? (vapaaehtoinen)',
    send: 'Lähetä',
    thanks: 'Kiitos vastauksestasi.',
    change: 'Voit muuttaa sitä seitsemän päivän ajan.',
    choose: 'Valitse vastaus.',
    final: 'Kiitos. Vastauksesi on tallennettu, eikä sitä voi enää muuttaa.',
    gone: 'Tämä linkki ei ole enää voimassa.',
    often: 'Liian monta pyyntöä. Yritä uudelleen minuutin kuluttua.',
  },
  fr: {
    subject: 'Êtes-vous satisfait ?',
    text: 'nous avons clôturé votre demande <strong>$helpdesk-title$</strong>. Êtes-vous satisfait de notre aide ?',
    good: 'Bien',
    ok: 'Correct',
    bad: 'Pas bien',
    title: 'Que pensez-vous de notre aide ?',
    comment: 'Souhaitez-vous ajouter quelque chose ? (facultatif)',
    send: 'Envoyer',
    thanks: 'Merci de votre réponse.',
    change: 'Vous pouvez la modifier pendant sept jours.',
    choose: 'Veuillez choisir une réponse.',
    final: 'Merci. Votre réponse est enregistrée et ne peut plus être modifiée.',
    gone: 'Ce lien n’est plus valable.',
    often: 'Trop de demandes. Veuillez réessayer dans une minute.',
  },
  sv: {
    subject: 'Hur tycker du att det gick?',
    text: 'vi har avslutat ditt ärende <strong>$helpdesk-title$</strong>. Hur nöjd är du med vår hjälp?',
    good: 'Bra',
    ok: 'Helt okej',
    bad: 'Dåligt',
    title: 'Hur nöjd är du med vår hjälp?',
    comment: 'Vill du tillägga något? (frivilligt)',
    send: 'Skicka',
    thanks: 'Tack för ditt svar.',
    change: 'Du kan ändra det i sju dagar.',
    choose: 'Välj ett svar.',
    final: 'Tack. Ditt svar är sparat och kan inte ändras längre.',
    gone: 'Länken gäller inte längre.',
    often: 'För många förfrågningar. Försök igen om en minut.',
  },
};
