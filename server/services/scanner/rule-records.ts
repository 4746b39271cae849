import type { Core } from '@strapi/strapi';
import { KEPT_BY_PLUGIN } from '../action/ticket-fields';
import { labelOfAttribute } from '../lib/attribute-label';
import { changeDocument, findDocument, holdDocument } from '../storage/documents';
import { inTransaction } from '../storage/tables';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';

/** Rules as people keep them; scanner/rules.ts runs them. */

/** All rules of a scanner in their order. */
export const rulesOf = (strapi: Core.Strapi, scannerId: number): Promise<Row<'rule'>[]> =>
  rowsOf(strapi, UID.rule).findMany({ where: { scanner: { id: scannerId } }, orderBy: [{ order: 'asc' }, { id: 'asc' }] });

export const findRule = (strapi: Core.Strapi, documentId: string): Promise<Row<'rule'> | null> =>
  findDocument(strapi, UID.rule, documentId);

/** Adds a rule behind the others of its scanner. */
export function addRule(strapi: Core.Strapi, scanner: { id: number; documentId: string }, data: object): Promise<Row<'rule'>> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.scanner, scanner.documentId);
    const rules = await rulesOf(strapi, scanner.id);
    const order = Math.max(-1, ...rules.map((row) => row.order)) + 1;
    return rowsOf(strapi, UID.rule).create({ data: { ...data, order, scanner: scanner.id } });
  });
}

/** Gives a scanner the rules of another one, in their order. */
export async function copyRules(strapi: Core.Strapi, from: { id: number }, to: { id: number; documentId: string }): Promise<void> {
  for (const { name, active, folders, conditions, actions, continueAfterMatch } of await rulesOf(strapi, from.id))
    await addRule(strapi, to, { name, active, folders, conditions, actions, continueAfterMatch });
}

/** See `changeDocument`. */
export const changeRule = (strapi: Core.Strapi, documentId: string, change: (row: Row<'rule'>) => object): Promise<Row<'rule'> | null> =>
  changeDocument(strapi, UID.rule, documentId, change);

export async function deleteRule(strapi: Core.Strapi, id: number): Promise<void> {
  await strapi.db.query(UID.rule).delete({ where: { id } });
}

/**
 * Puts the rules of a scanner into the order of these documentIds and resolves with them; with null, and nothing is changed, when these are
 * not all of the scanner's rules, each once.
 */
export function reorderRules(
  strapi: Core.Strapi,
  scanner: { id: number; documentId: string },
  order: string[],
): Promise<Row<'rule'>[] | null> {
  return inTransaction(strapi, async () => {
    await holdDocument(strapi, UID.scanner, scanner.documentId);
    const rules = await rulesOf(strapi, scanner.id);
    const named = new Set(order);
    if (named.size !== order.length || rules.length !== order.length || rules.some(({ documentId }) => !named.has(documentId))) return null;
    for (const [index, documentId] of order.entries()) {
      await strapi.db.query(UID.rule).updateMany({ where: { documentId }, data: { order: index } });
    }
    return rulesOf(strapi, scanner.id);
  });
}

interface SiteAttribute {
  type: string;
  enum?: string[];
  target?: string;
  required?: boolean;
}

/** The attributes of a ticket that a rule may set, a site's own among them. */
export function ticketFields(strapi: Core.Strapi) {
  const strapis = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations', 'documentId'];
  return Object.entries(strapi.contentType(UID.ticket).attributes as Record<string, SiteAttribute>)
    .filter(
      ([name, { type }]) =>
        !KEPT_BY_PLUGIN.includes(name) && !strapis.includes(name) && !['component', 'dynamiczone', 'media'].includes(type),
    )
    .map(([name, { type, enum: values, target, required }]) => ({
      name,
      label: labelOfAttribute(name),
      type,
      enum: values,
      target,
      required: required === true,
    }));
}
