import { rm } from 'node:fs/promises';
import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { answerAsCustomer, closeAsCustomer } from '../services/inbox/customer-answers';
import { UPLOAD_LIMITS } from '../services/inbox/uploads';
import { conversationFor, customerFile } from '../services/outgoing/customer-conversation';
import { PAGE_WORDS } from '../services/outgoing/customer-page-words';
import { openTicketLink, type LinkedTicket } from '../services/outgoing/ticket-link';
import { getSettings, languageFor } from '../services/settings/settings';
import type { Language } from '../../shared/vocabulary';
import { sendPage } from './customer-page';
import { CUSTOMER_PAGE_BODY, CUSTOMER_PAGE_SCRIPT } from './customer-ticket-page';
import { limitCalls } from './limit';
import { sendPrivateFile } from './private-file';
import { formFiles } from './upload';

/** From one address, which may be that of a proxy; and of one link, from one address. */
const CALLS_A_MINUTE = 600;
const CALLS_OF_A_LINK = 60;

/** What a page of another make sends there, and cannot be kept, is as if it sent none. */
const answerKey = z
  .string()
  .regex(/^[\w-]{16,64}$/)
  .optional()
  .catch(undefined);

/** A form's lines end as those of an email do. */
const answerShape = z.object({
  text: z
    .string()
    .max(100_000)
    .default('')
    .transform((text) => text.replace(/\r\n?/g, '\n').trim()),
  key: answerKey,
});

/** What went wrong, by its status. */
const PROBLEMS = { gone: 404, empty: 400, tooLarge: 413, often: 429 } as const;

/**
 * A ticket for its customer, who has no account: the link of an email is their right, and stands in the Authorization header, where no log and
 * no page behind a link sees it. GET and HEAD change nothing, because programs follow links as well.
 */
const customerTicket = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** The page itself, the same for everybody: what it shows, its script asks for with the link. */
  async page(ctx: Context) {
    const { emailLanguage } = await getSettings(strapi);
    sendPage(ctx, emailLanguage, PAGE_WORDS[emailLanguage].title, CUSTOMER_PAGE_BODY(emailLanguage), CUSTOMER_PAGE_SCRIPT);
  },

  show: (ctx: Context) =>
    withTicket(strapi, ctx, async (ticket, language) => {
      const { before } = ctx.query;
      const conversation = await conversationFor(strapi, ticket, typeof before === 'string' ? before : undefined);
      ctx.body = { data: { ...conversation, language } };
    }),

  file: (ctx: Context) =>
    withTicket(strapi, ctx, async (ticket) => {
      const file = await customerFile(strapi, ticket, ctx.params.id);
      if (!file) return 'gone';
      await sendPrivateFile(strapi, ctx, file.key, { name: file.name, type: file.mime });
    }),

  async answer(ctx: Context) {
    const files = formFiles(ctx);
    try {
      await withTicket(strapi, ctx, async (ticket) => {
        const { text, key } = answerShape.safeParse(ctx.request.body ?? {}).data ?? {};
        // A form without a chosen file sends an empty one.
        const chosen = files.filter(({ size }) => size > 0);
        if (text === undefined || (text === '' && chosen.length === 0)) return 'empty';
        const total = chosen.reduce((sum, { size }) => sum + size, 0);
        const { fileBytes, totalBytes, files: most } = UPLOAD_LIMITS;
        if (chosen.length > most || total > totalBytes || chosen.some(({ size }) => size > fileBytes)) return 'tooLarge';
        const kept = chosen.map(({ filepath: path, size: bytes, originalFilename: name, mimetype: mime }) => ({ path, bytes, name, mime }));
        const outcome = await answerAsCustomer(strapi, ticket, { text, key, files: kept.map((file) => ({ ...file, inline: false })) });
        if (outcome !== 'kept') return outcome;
        ctx.status = 201;
        ctx.body = { data: null };
      });
    } finally {
      for (const { filepath } of files) await rm(filepath, { force: true });
    }
  },

  close: (ctx: Context) =>
    withTicket(strapi, ctx, async (ticket) => {
      if (!(await closeAsCustomer(strapi, ticket))) return 'gone';
      ctx.body = { data: null };
    }),
});

export default customerTicket;

type Problem = keyof typeof PROBLEMS;

/** Does what is asked with the ticket of the link, or says in the customer's language why not. */
async function withTicket(
  strapi: Core.Strapi,
  ctx: Context,
  work: (ticket: LinkedTicket, language: Language) => Promise<Problem | void>,
): Promise<void> {
  ctx.set('Cache-Control', 'private, no-store');
  const settings = await getSettings(strapi);
  const [, token = ''] = /^Bearer ([\w.-]{1,200})$/i.exec(ctx.get('authorization')) ?? [];
  const language = { current: settings.emailLanguage };
  const attempt = async (): Promise<Problem | void> => {
    limitCalls(ctx, 'customer page', CALLS_A_MINUTE);
    const opened = await openTicketLink(strapi, token);
    if (!opened) return 'gone';
    language.current = languageFor(settings, opened.ticket.contact);
    limitCalls(ctx, `ticket ${opened.delivery}`, CALLS_OF_A_LINK);
    return work(opened.ticket, language.current);
  };
  const problem = await attempt().catch((error: unknown): Problem => {
    if (error instanceof errors.RateLimitError) return 'often';
    throw error;
  });
  if (!problem) return;
  const status = PROBLEMS[problem];
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: problem, message: PAGE_WORDS[language.current][problem], details: {} } };
}
