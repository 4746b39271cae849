import { z } from '@strapi/utils';
import { idShape, keptAddress, later, peopleShape, searchShape, uploadsShape } from './request';
import { DUE_FILTERS } from '../../shared/api/tickets';
import { PRIORITIES, SCORES, STATUSES, VIEWS } from '../../shared/vocabulary';
import { saysSomething } from '../services/message/html/sanitize';
import { schemaSays } from '../services/lib/schema-words';
import { LINE_LENGTH } from '../../shared/lengths';

/** What requests about tickets look like. */

export const filterShape = z.object({
  view: z.enum(VIEWS).optional(),
  search: searchShape.optional(),
  status: z.string().max(LINE_LENGTH).optional(),
  priority: z.string().max(LINE_LENGTH).optional(),
  assignee: z
    .string()
    .regex(/^(none|\d{1,9})$/, 'Give the id of an administrator, or "none".')
    .optional(),
  contact: idShape.optional(),
  account: idShape.optional(),
  scanner: idShape.optional(),
  tag: idShape.optional(),
  team: idShape.optional(),
  followed: z.literal('true').optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  due: z.enum(DUE_FILTERS).optional(),
  rating: z.enum(SCORES).optional(),
  spam: z.literal('true').optional(),
  sort: z
    .enum([
      'lastActivityAt:desc',
      'lastActivityAt:asc',
      'createdAt:desc',
      'createdAt:asc',
      'dueAt:asc',
      'dueAt:desc',
      'ticketNumber:asc',
      'ticketNumber:desc',
    ])
    .default('lastActivityAt:desc'),
  page: z.unknown().optional(),
  pageSize: z.unknown().optional(),
});

const MOMENTS = 'Give up to 60 moments, oldest first, with commas between them.';

/** `own`: of one's own tickets alone, for whoever may see them all, too. */
export const summaryShape = z.object({ own: z.literal('true').optional() });

export const openedShape = summaryShape.extend({
  starts: z
    .string(MOMENTS)
    .max(3_000)
    .transform((list) => list.split(',').map((moment) => new Date(moment)))
    .refine(
      (starts) =>
        starts.length <= 60 && starts.every((start, index) => !Number.isNaN(start.getTime()) && (index === 0 || start > starts[index - 1])),
      { message: MOMENTS },
    ),
});

/** A documentId; null: none. */
const teamShape = idShape.nullable().optional();

const tagIds = z.array(idShape).max(50);

/** The documentId of a status of the site's own; null: none. */
const ownStatus = idShape.nullable().optional();

/** Null: the ticket is back. Without a moment: until the customer answers. */
const snoozeShape = z
  .strictObject({ until: later.nullable() })
  .nullable()
  .transform((snooze) => (snooze === null ? ('awake' as const) : snooze.until))
  .optional();

export const someShape = z.object({
  /** In place of `ids`: all tickets of that list. Strict, so that a name written wrong changes no more tickets than were meant. */
  filter: filterShape.omit({ page: true, pageSize: true }).strict().optional(),
  ids: z.array(idShape).min(1, schemaSays('ticket.chooseOne')).max(100, schemaSays('ticket.most')).optional(),
});

type Some = z.infer<typeof someShape>;

export const oneOfBoth = <T extends z.ZodType<Some>>(shape: T) =>
  shape
    .refine(({ filter, ids }) => filter !== undefined || ids !== undefined, { message: schemaSays('ticket.chooseOne'), path: ['ids'] })
    .refine(({ filter, ids }) => filter === undefined || ids === undefined, {
      message: schemaSays('ticket.idsOrFilter'),
      path: ['filter'],
    });

export const closingShape = oneOfBoth(someShape);

export const bulkShape = oneOfBoth(
  someShape.extend({
    /** False: what is closed, the customers are not told of. */
    tellCustomers: z.boolean().default(true),
    data: z
      .strictObject({
        ticketStatus: z.enum(STATUSES).optional(),
        helpdeskStatus: ownStatus,
        priority: z.enum(PRIORITIES).optional(),
        assignee: z.number().int().nullable().optional(),
        helpdeskTeam: teamShape,
        snooze: snoozeShape,
        addTags: tagIds.optional(),
        removeTags: tagIds.optional(),
      })
      .refine((data) => Object.keys(data).length > 0, { message: schemaSays('ticket.change') }),
  }),
);

const address = keptAddress(schemaSays('desk.janesAddress'));

/** Beside the attributes of a ticket, a site's own included, which Strapi itself looks at. */
export const openShape = z.looseObject({
  /** The contact by its address, made when nobody has it. */
  contactEmail: address.optional(),
  contactName: z.string().max(LINE_LENGTH).default(''),
  /** The first message; a public one goes to the contact. */
  comment: z
    .object({
      text: z.string().max(500_000).optional(),
      html: z.string().max(1_000_000).optional(),
      isPublic: z.boolean(schemaSays('desk.publicOrNot')),
      cc: peopleShape.default([]),
      bcc: peopleShape.default([]),
      attachments: uploadsShape.default([]),
      undoable: z.boolean().optional(),
    })
    .refine(({ text, html, attachments }) => Boolean(text?.trim() || saysSomething(html ?? '') || attachments.length), {
      message: schemaSays('ticket.write'),
      path: ['text'],
    })
    .optional(),
  addTags: tagIds.default([]),
  helpdeskStatus: ownStatus,
  helpdeskTeam: teamShape,
  /** Whose address its emails come from, by its documentId or its id. */
  scanner: z.union([idShape, z.number().int()]).nullable().optional(),
});

export const changeShape = z.looseObject({
  contactEmail: address.optional(),
  addParticipants: z.array(address).max(50).default([]),
  removeParticipants: z.array(z.string().max(LINE_LENGTH)).max(50).default([]),
  addTags: tagIds.default([]),
  removeTags: tagIds.default([]),
  helpdeskStatus: ownStatus,
  snooze: snoozeShape,
  helpdeskTeam: teamShape,
});
