import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { ContentLink, LinkableType } from '../../shared/api/content';
import { say } from '../../shared/sentences/words';
import {
  contentEntries,
  contentText,
  getContentLinks,
  languageOfTicket,
  linkableTypes,
  placeholdersOf,
  saveContentLinks,
} from '../services/inbox/content-entries';
import type { FieldError } from '../services/platform/refusal';
import { idShape, orNotFound, parse } from './request';
import { NO_SUCH_TICKET, viewerOf } from './ticket-access';

const shape = z.object({
  links: z
    .array(
      z.strictObject({
        uid: z.string().max(200),
        title: z.string().max(100),
        url: z.string().trim().max(500).default(''),
        text: z.string().max(100).nullable().default(null),
      }),
    )
    .max(20),
});

const asked = z.object({ search: z.string().trim().max(100).default(''), ticket: idShape.optional() });

/** The site's own content in answers. */
const content = ({ strapi }: { strapi: Core.Strapi }) => ({
  async links(ctx: Context) {
    ctx.body = { data: { links: await getContentLinks(strapi), available: linkableTypes(strapi) } };
  },

  async saveLinks(ctx: Context) {
    const { links } = parse(shape, ctx.request.body);
    const available = linkableTypes(strapi);
    parse(shape, ctx.request.body, problemsOf(links, available));
    ctx.body = { data: { links: await saveContentLinks(strapi, links), available } };
  },

  async entries(ctx: Context) {
    const { search, ticket } = parse(asked, ctx.query);
    const language = ticket === undefined ? null : await orNotFound(languageOfTicket(strapi, viewerOf(ctx), ticket), NO_SUCH_TICKET);
    ctx.body = { data: await contentEntries(strapi, ctx.state.userAbility, { search, language }) };
  },

  async text(ctx: Context) {
    const { locale } = parse(z.object({ locale: z.string().max(20).optional() }), ctx.query);
    const { uid, id: documentId } = ctx.params;
    const html = contentText(strapi, ctx.state.userAbility, { uid, documentId, locale: locale ?? null });
    ctx.body = { data: { html: await orNotFound(html) } };
  },
});

export default content;

/** What does not fit the content types as they are on this site. */
function problemsOf(links: ContentLink[], available: LinkableType[]): FieldError[] {
  return links.flatMap(({ uid, title, url, text }, index) => {
    const at = (name: string, said: FieldError['said']): FieldError => ({ path: ['links', index, name], said });
    const type = available.find((one) => one.uid === uid);
    if (!type) return [at('uid', say('content.noType', { uid }))];
    const unknown = placeholdersOf(url).find((name) => !type.placeholders.includes(name));
    return [
      ...(links.findIndex((other) => other.uid === uid) < index ? [at('uid', say('content.twice', { name: type.name }))] : []),
      ...(type.titles.includes(title) ? [] : [at('title', say('content.noAttribute', { name: title }))]),
      ...(text === null || type.texts.includes(text) ? [] : [at('text', say('content.noAttribute', { name: text }))]),
      // Where it leads to is for this setting to say alone, not for the author of an entry.
      ...(url === '' || /^https?:\/\/[^\s/?#{}]+(?:[/?#]\S*)?$/i.test(url)
        ? []
        : [at('url', say('content.url', { example: 'https://example.com/blog/{slug}' }))]),
      ...(unknown === undefined ? [] : [at('url', say('content.placeholder', { name: unknown, names: type.placeholders.join(', ') }))]),
    ];
  });
}
