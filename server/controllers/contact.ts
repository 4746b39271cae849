import { z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { addContact, changeContact, findContact, listContacts, type ShownContact } from '../services/inbox/contacts';
import { contactsAlike, mergeContacts, planContactMerge } from '../services/inbox/merge-contacts';
import { mergeRoutes } from './merge-routes';
import { idShape, keptAddress, lineShape, orNotFound, pageOf, parse, pick, searchShape } from './request';
import { answerOf, viewerOf } from './ticket-access';
import { schemaSays } from '../services/lib/schema-words';
import { LANGUAGES } from '../../shared/vocabulary';
import { say } from '../../shared/sentences/words';

const filterShape = z.object({
  search: searchShape.default(''),
  /** A documentId. */
  account: idShape.optional(),
  undeliverable: z.literal('true').optional(),
  sort: z.enum(['name', 'lastMessage']).optional(),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const text = lineShape.nullable().optional();

const contactShape = z.object({
  email: keptAddress(schemaSays('desk.janesAddress')),
  firstName: text,
  lastName: text,
  phone: text,
  /** Null: nobody knows. */
  language: z.enum(LANGUAGES).nullable().optional(),
  /** The documentId of the account; null for none. */
  account: idShape.nullable().optional(),
  undeliverable: z.boolean().optional(),
  notes: z.string().trim().max(10_000).nullable().optional(),
});

const addresses = z
  .array(keptAddress(schemaSays('desk.janesAddress')))
  .max(20)
  .optional();

/** Further addresses come and go by themselves: of two people who add one each, both are heard. */
const changeShape = contactShape.partial().extend({ addAddresses: addresses, removeAddresses: addresses });

const contact = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: Context) {
    const { search, account, undeliverable, sort } = parse(filterShape, ctx.query);
    const filter = { search, account, undeliverable: undeliverable === 'true', sort };
    const { data, meta } = await listContacts(strapi, viewerOf(ctx), filter, pageOf(ctx.query));
    ctx.body = { data: data.map((row) => ({ ...present(row), ...pick(row, NUMBERS) })), meta };
  },

  async findOne(ctx: Context) {
    ctx.body = { data: presentWhole(await orNotFound(findContact(strapi, viewerOf(ctx), ctx.params.id), GONE)) };
  },

  async create(ctx: Context) {
    const added = await addContact(strapi, viewerOf(ctx), parse(contactShape, ctx.request.body));
    ctx.status = 201;
    ctx.body = { data: added && presentWhole(added) };
  },

  async update(ctx: Context) {
    const viewer = viewerOf(ctx);
    const input = parse(changeShape, ctx.request.body);
    const updated = await orNotFound(changeContact(strapi, viewer, ctx.params.id, input), GONE);
    ctx.body = { data: await answerOf(viewer.reads, updated, () => presentWhole(updated)) };
  },

  /** Who may be the same person. */
  async alike(ctx: Context) {
    const found = await orNotFound(contactsAlike(strapi, viewerOf(ctx), ctx.params.id), GONE);
    ctx.body = { data: found.map((row) => pick(row, ['documentId', 'email', 'firstName', 'lastName'])) };
  },

  ...mergeRoutes({
    strapi,
    chooseInto: schemaSays('desk.intoContact'),
    gone: GONE,
    plan: planContactMerge,
    merge: mergeContacts,
    find: findContact,
    present: presentWhole,
  }),
});

export default contact;

const GONE = say('desk.noContact');

const ATTRIBUTES = ['documentId', 'email', 'firstName', 'lastName', 'phone', 'language', 'undeliverable', 'createdAt'] as const;

const NUMBERS = ['openTickets', 'lastMessageAt'] as const;

const present = (row: Omit<ShownContact, 'notes' | 'notesBy' | 'notesAt'>) => ({
  ...pick(row, ATTRIBUTES),
  furtherAddresses: row.furtherAddresses,
  account: row.account ? pick(row.account, ['documentId', 'name']) : null,
});

const presentWhole = (row: ShownContact) => ({ ...present(row), ...pick(row, ['notes', 'notesBy', 'notesAt']) });
