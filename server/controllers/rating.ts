import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { answerTo, emailOfLink, rate, type AskingEmail, type Rated } from '../services/helpdesk/ratings';
import { escapeHtml } from '../services/lib/html';
import { RATING_WORDS } from '../services/outgoing/rating-words';
import { readLink } from '../services/settings/customer-links';
import { getSettings, languageFor } from '../services/settings/settings';
import { SCORES, type Language } from '../../shared/vocabulary';
import { sendPage } from './customer-page';
import { limitCalls } from './limit';

/** How many look at such pages from one address, which may be that of a proxy, and how often one link is used. */
const CALLS_A_MINUTE = 600;
const CALLS_OF_A_LINK = 20;

const scoreShape = z.enum(SCORES);
const answerShape = z.object({ score: scoreShape, comment: z.string().max(5000).default('') });

/**
 * The page on which a customer says how content they are. A link is followed by programs, too: those that look for viruses, and those that show
 * what is behind it. So GET and HEAD note nothing; only the button does.
 */
const rating = ({ strapi }: { strapi: Core.Strapi }) => ({
  async show(ctx: Context) {
    const found = await open(strapi, ctx);
    if (!found) return;
    const clicked = scoreShape.safeParse(ctx.query.score).data;
    const before = await answerTo(strapi, found.email.id);
    if (before?.isFinal) return say(ctx, found.language, 'final');
    showQuestion(ctx, found, { score: clicked ?? before?.score, comment: before?.comment ?? '' });
  },

  async save(ctx: Context) {
    const found = await open(strapi, ctx);
    if (!found) return;
    const { data: answer } = answerShape.safeParse(ctx.request.body ?? {});
    if (!answer) {
      ctx.status = 400;
      const { comment } = (ctx.request.body ?? {}) as Record<string, unknown>;
      return showQuestion(ctx, found, { comment: typeof comment === 'string' ? comment.slice(0, 5000) : '' }, 'choose');
    }
    const rated = { ...answer, comment: answer.comment.trim() };
    const isNoted = await rate(strapi, { delivery: found.email.id, ticket: found.email.ticket }, rated);
    if (!isNoted) return say(ctx, found.language, 'final');
    showQuestion(ctx, found, rated, 'thanks');
  },
});

export default rating;

interface RatedTicket {
  email: AskingEmail;
  language: Language;
}

/** Whose question it is; null where the link opens none, which is answered then. */
async function open(strapi: Core.Strapi, ctx: Context): Promise<RatedTicket | null> {
  const { token } = ctx.params as { token: string };
  // Logs of the site hold no link: who reads them could answer in the customer's name.
  ctx.url = ctx.url.replace(token, 'link');
  const settings = await getSettings(strapi);
  const link = readLink(strapi, 'rating', token);
  try {
    limitCalls(ctx, 'customer page', CALLS_A_MINUTE);
    if (link) limitCalls(ctx, `rating ${link.delivery}`, CALLS_OF_A_LINK);
  } catch (error) {
    if (!(error instanceof errors.RateLimitError)) throw error;
    say(ctx, settings.emailLanguage, 'often', 429);
    return null;
  }
  const email = link && (await emailOfLink(strapi, link));
  if (email) return { email, language: languageFor(settings, email.ticket.contact) };
  say(ctx, settings.emailLanguage, 'gone', 404);
  return null;
}

function say(ctx: Context, language: Language, what: 'final' | 'gone' | 'often', status = 200): void {
  const { title, ...words } = RATING_WORDS[language];
  ctx.status = status;
  sendPage(ctx, language, title, `<h1>${escapeHtml(title)}</h1>\n<p role="status">${escapeHtml(words[what])}</p>`);
}

function showQuestion(
  ctx: Context,
  { email, language }: RatedTicket,
  { score, comment = '' }: Partial<Rated>,
  what?: 'thanks' | 'choose',
): void {
  const words = RATING_WORDS[language];
  const told = {
    thanks: `<p role="status">${escapeHtml(words.thanks)} ${escapeHtml(words.change)}</p>`,
    choose: `<p role="alert">${escapeHtml(words.choose)}</p>`,
  };
  const choices = SCORES.map((each) => {
    const checked = each === score ? ' checked' : '';
    return `<label><input type="radio" name="score" value="${each}" required${checked}>${escapeHtml(words[each])}</label>`;
  });
  const { ticketNumber, title } = email.ticket;
  sendPage(
    ctx,
    language,
    words.title,
    `<p>${escapeHtml(ticketNumber)} · <bdi>${escapeHtml(title)}</bdi></p>
${what ? told[what] : ''}
<form method="post" action="?">
<fieldset>
<legend>${escapeHtml(words.title)}</legend>
${choices.join('\n')}
</fieldset>
<label for="comment">${escapeHtml(words.comment)}</label>
<textarea id="comment" name="comment" maxlength="5000" dir="auto">
${escapeHtml(comment)}</textarea>
<button type="submit">${escapeHtml(words.send)}</button>
</form>`,
  );
}
