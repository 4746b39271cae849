import type { Notice } from '../../../shared/api/notices';
import type { Language, NoticeKind } from '../../../shared/vocabulary';
import { escapeHtml } from '../lib/html';
import type { Waiting } from './digest';

/** What emails to administrators say. Pure. */

export interface AgentEmail {
  subject: string;
  text: string;
  html: string;
}

interface NoticeWords {
  kinds: Record<NoticeKind, (by: string) => string>;
  somebody: string;
  /** The subject of several notices. */
  several(count: number): string;
  more(count: number): string;
  digest: string;
  own: string;
  overdue: string;
  meanwhile: string;
  unassigned: string;
  unread: string;
  helpdesk: string;
  why: string;
}

const NOTICE_WORDS: Record<Language, NoticeWords> = {
  en: {
    kinds: {
      assigned: (by) => `${by} gave you this ticket`,
      answer: (by) => `${by} wrote on your ticket`,
      unassigned: (by) => `A new ticket by ${by}, assigned to nobody`,
      team: () => 'A ticket of your team that nobody has',
      mention: (by) => `${by} mentioned you in a note`,
      deliveryFailed: () => 'Your answer was not delivered',
      followed: (by) => `${by} wrote on a ticket that you follow`,
      called: () => 'A rule asks you to look at this ticket',
      rated: () => 'The customer rated your help',
      dueSoon: () => 'This ticket is due soon',
      absent: () => 'A customer wrote on a ticket of an absent colleague',
    },
    somebody: 'Somebody',
    several: (count) => `${count} notifications of the helpdesk`,
    more: (count) => `and ${count} more`,
    digest: 'What waits in the helpdesk',
    own: 'Your tickets that wait for you',
    overdue: 'Of these, overdue',
    meanwhile: 'While you were away, news on your tickets',
    unassigned: 'Tickets that nobody has',
    unread: 'Unread notifications',
    helpdesk: 'To the helpdesk',
    why: 'You chose to get this email. To change that:',
  },
  de: {
    kinds: {
      assigned: (by) => `${by} hat Ihnen dieses Ticket zugewiesen`,
      answer: (by) => `${by} hat zu Ihrem Ticket geschrieben`,
      unassigned: (by) => `Neues Ticket von ${by}, noch niemandem zugewiesen`,
      team: () => 'Ein Ticket Ihres Teams, das niemand hat',
      mention: (by) => `${by} hat Sie in einer Notiz erwähnt`,
      deliveryFailed: () => 'Ihre Antwort wurde nicht zugestellt',
      followed: (by) => `${by} hat zu einem Ticket geschrieben, dem Sie folgen`,
      called: () => 'Eine Regel bittet Sie, sich dieses Ticket anzusehen',
      rated: () => 'Der Kunde hat Ihre Hilfe bewertet',
      dueSoon: () => 'Dieses Ticket ist bald fällig',
      absent: () => 'Ein Kunde hat zum Ticket eines abwesenden Kollegen geschrieben',
    },
    somebody: 'Jemand',
    several: (count) => `${count} Benachrichtigungen des Helpdesks`,
    more: (count) => `und ${count} weitere`,
    digest: 'Was im Helpdesk wartet',
    own: 'Ihre Tickets, die auf Sie warten',
    overdue: 'Davon überfällig',
    meanwhile: 'Während Ihrer Abwesenheit Neues in Ihren Tickets',
    unassigned: 'Tickets, die niemand hat',
    unread: 'Ungelesene Benachrichtigungen',
    helpdesk: 'Zum Helpdesk',
    why: 'Sie haben diese E-Mail so gewählt. Hier können Sie das ändern:',
  },
  es: {
    kinds: {
      assigned: (by) => `${by} le ha asignado este ticket`,
      answer: (by) => `${by} ha escrito en su ticket`,
      unassigned: (by) => `Nuevo ticket de ${by}, sin asignar`,
      team: () => 'Un ticket de su equipo, sin asignar',
      mention: (by) => `${by} le ha mencionado en una nota`,
      deliveryFailed: () => 'Su respuesta no se ha entregado',
      followed: (by) => `${by} ha escrito en un ticket que usted sigue`,
      called: () => 'Una regla le pide que mire este ticket',
      rated: () => 'El cliente ha valorado su ayuda',
      dueSoon: () => 'Este ticket vence pronto',
      absent: () => 'Un cliente ha escrito en el ticket de un compañero ausente',
    },
    somebody: 'Alguien',
    several: (count) => `${count} notificaciones del helpdesk`,
    more: (count) => `y ${count} más`,
    digest: 'Lo que espera en el helpdesk',
    own: 'Sus tickets que esperan respuesta',
    overdue: 'De ellos, vencidos',
    meanwhile: 'Durante su ausencia, novedades en sus tickets',
    unassigned: 'Tickets sin asignar',
    unread: 'Notificaciones sin leer',
    helpdesk: 'Ir al helpdesk',
    why: 'Ha elegido recibir este correo. Para cambiarlo:',
  },
  fi: {
    kinds: {
      assigned: (by) => `${by} antoi tämän tiketin sinulle`,
      answer: (by) => `${by} kirjoitti tikettiisi`,
      unassigned: (by) => `Uusi tiketti, lähettäjä ${by}, ei käsittelijää`,
      team: () => 'Tiimisi tiketti, jolla ei ole käsittelijää',
      mention: (by) => `${by} mainitsi sinut muistiinpanossa`,
      deliveryFailed: () => 'Vastaustasi ei toimitettu',
      followed: (by) => `${by} kirjoitti tikettiin, jota seuraat`,
      called: () => 'Sääntö pyytää sinua katsomaan tätä tikettiä',
      rated: () => 'Asiakas arvioi apusi',
      dueSoon: () => 'Tämän tiketin määräaika on pian',
      absent: () => 'Asiakas kirjoitti poissa olevan kollegan tikettiin',
    },
    somebody: 'Joku',
    several: (count) => `${count} ilmoitusta helpdeskistä`,
    more: (count) => `ja ${count} muuta`,
    digest: 'Mitä helpdeskissä odottaa',
    own: 'Sinua odottavat tikettisi',
    overdue: 'Näistä myöhässä',
    meanwhile: 'Poissa ollessasi uutta tiketeissäsi',
    unassigned: 'Tiketit ilman käsittelijää',
    unread: 'Lukemattomat ilmoitukset',
    helpdesk: 'Helpdeskiin',
    why: 'Olet valinnut tämän sähköpostin. Voit muuttaa valintaa täällä:',
  },
  fr: {
    kinds: {
      assigned: (by) => `${by} vous a attribué ce ticket`,
      answer: (by) => `${by} a écrit sur votre ticket`,
      unassigned: (by) => `Nouveau ticket de ${by}, non attribué`,
      team: () => 'Un ticket de votre équipe, non attribué',
      mention: (by) => `${by} vous a mentionné dans une note`,
      deliveryFailed: () => 'Votre réponse n’a pas été remise',
      followed: (by) => `${by} a écrit sur un ticket que vous suivez`,
      called: () => 'Une règle vous demande de regarder ce ticket',
      rated: () => 'Le client a évalué votre aide',
      dueSoon: () => 'L’échéance de ce ticket approche',
      absent: () => 'Un client a écrit sur le ticket d’un collègue absent',
    },
    somebody: 'Quelqu’un',
    several: (count) => `${count} notifications du helpdesk`,
    more: (count) => `et ${count} de plus`,
    digest: 'Ce qui attend au helpdesk',
    own: 'Vos tickets qui attendent une réponse',
    overdue: 'Dont en retard',
    meanwhile: 'Pendant votre absence, du nouveau sur vos tickets',
    unassigned: 'Tickets non attribués',
    unread: 'Notifications non lues',
    helpdesk: 'Aller au helpdesk',
    why: 'Vous avez choisi de recevoir cet e-mail. Pour changer cela :',
  },
  sv: {
    kinds: {
      assigned: (by) => `${by} gav dig det här ärendet`,
      answer: (by) => `${by} skrev i ditt ärende`,
      unassigned: (by) => `Nytt ärende från ${by}, utan ansvarig`,
      team: () => 'Ett ärende hos ditt team, utan ansvarig',
      mention: (by) => `${by} nämnde dig i en anteckning`,
      deliveryFailed: () => 'Ditt svar kom inte fram',
      followed: (by) => `${by} skrev i ett ärende som du följer`,
      called: () => 'En regel ber dig titta på det här ärendet',
      rated: () => 'Kunden betygsatte din hjälp',
      dueSoon: () => 'Det här ärendet ska snart vara klart',
      absent: () => 'En kund skrev i en frånvarande kollegas ärende',
    },
    somebody: 'Någon',
    several: (count) => `${count} aviseringar från helpdesken`,
    more: (count) => `och ${count} till`,
    digest: 'Det som väntar i helpdesken',
    own: 'Dina ärenden som väntar på dig',
    overdue: 'Av dessa försenade',
    meanwhile: 'Nytt i dina ärenden medan du var borta',
    unassigned: 'Ärenden utan ansvarig',
    unread: 'Olästa aviseringar',
    helpdesk: 'Till helpdesken',
    why: 'Du har valt att få det här mejlet. Så ändrar du det:',
  },
};

interface Manner {
  language: Language;
  /** The address of the panel, without a slash at its end. */
  panel: string;
}

const SHOWN = 20;
const TITLE_CHARACTERS = 120;

const HELPDESK = '/plugins/mail-scanner';
const placeOf = (panel: string, ticket: string, comment: string | null): string =>
  `${panel}${HELPDESK}/tickets/${ticket}${comment ? `?message=${comment}` : ''}`;

/** A line of the email; with a link it is one. */
interface Line {
  text: string;
  link?: string;
}

/** One line, however the customer has written it. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, TITLE_CHARACTERS);

/** What somebody is told, one or several, with a link to each message. */
export function noticeEmail(notices: Notice[], { language, panel, withExcerpt }: Manner & { withExcerpt: boolean }): AgentEmail {
  const words = NOTICE_WORDS[language];
  const said = ({ kind, by }: Notice) => words.kinds[kind](oneLine(by ?? words.somebody));
  const named = ({ ticket }: Notice) => `[${ticket.ticketNumber}] ${oneLine(ticket.title)}`;
  const shown = notices.slice(0, SHOWN);
  const blocks = shown.map((notice): Line[] => [
    { text: said(notice) },
    { text: named(notice), link: placeOf(panel, notice.ticket.documentId, notice.comment) },
    ...(withExcerpt && notice.excerpt ? [{ text: notice.excerpt }] : []),
  ]);
  if (notices.length > SHOWN)
    blocks.push([{ text: words.more(notices.length - SHOWN) }, { text: words.helpdesk, link: `${panel}${HELPDESK}/notices` }]);
  const [first] = notices;
  const subject =
    notices.length === 1 ? `[${first.ticket.ticketNumber}] ${said(first)}: ${oneLine(first.ticket.title)}` : words.several(notices.length);
  return email(subject, blocks, language, panel);
}

/** What waits for somebody. */
export function digestEmail({ tickets, own, overdue, meanwhile, unassigned, unread }: Waiting, { language, panel }: Manner): AgentEmail {
  const words = NOTICE_WORDS[language];
  const counts: [string, number][] = [
    [words.own, own],
    [words.overdue, overdue],
    [words.meanwhile, meanwhile],
    [words.unassigned, unassigned],
    [words.unread, unread],
  ];
  const blocks: Line[][] = [
    counts.filter(([, count]) => count > 0).map(([what, count]) => ({ text: `${what}: ${count}` })),
    tickets.map(({ documentId, ticketNumber, title }) => ({
      text: `[${ticketNumber}] ${oneLine(title)}`,
      link: placeOf(panel, documentId, null),
    })),
    [...(own > tickets.length ? [{ text: words.more(own - tickets.length) }] : []), { text: words.helpdesk, link: `${panel}${HELPDESK}` }],
  ];
  return email(words.digest, blocks, language, panel);
}

function email(subject: string, blocks: Line[][], language: Language, panel: string): AgentEmail {
  const choices = `${panel}${HELPDESK}/notices/choices`;
  const all = [...blocks.filter((lines) => lines.length > 0), [{ text: NOTICE_WORDS[language].why }, { text: choices, link: choices }]];
  const asText = ({ text, link }: Line) => (link && link !== text ? `${text}\n${link}` : text);
  const asHtml = ({ text, link }: Line) => (link ? `<a href="${escapeHtml(link)}">${escapeHtml(text)}</a>` : escapeHtml(text));
  return {
    subject,
    text: all.map((lines) => lines.map(asText).join('\n')).join('\n\n'),
    html: all.map((lines) => `<p>${lines.map(asHtml).join('<br>\n')}</p>`).join('\n'),
  };
}
