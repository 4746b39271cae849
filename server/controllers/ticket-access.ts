import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Permission } from '../permissions';
import { findTicket } from '../services/inbox/tickets';
import type { Viewer } from '../services/inbox/viewer';
import { orNotFound } from './request';
import { refusal } from '../services/platform/refusal';
import { say, type Said } from '../../shared/sentences/words';

/** Which tickets the caller of a route may see and what they may do with them. */

export const may = (ctx: Context, permission: Permission): boolean => ctx.state.userAbility.can(`plugin::mail-scanner.${permission}`);

/** Throws a 403 that says this unless the caller has one of these permissions. */
export function mustHave(ctx: Context, permissions: Permission[], said: Said): void {
  if (!permissions.some((permission) => may(ctx, permission))) throw refusal(errors.PolicyError, said);
}

/**
 * Whoever has "See only tickets that are assigned to oneself" and not "See all tickets" has to do with their own tickets alone. A role
 * that has neither sees no ticket by a route that reads, and writes by the permissions that it has. Where tickets are seen by teams, all but
 * the first have to do with those of their teams, of no team and of themselves.
 */
export function viewerOf(ctx: Context): Viewer {
  const { user, mailScannerTeams: teams } = ctx.state;
  if (teams === undefined) throw new Error('this route lacks the policy "may-one-of"');
  const ownAlone = may(ctx, 'read-own-tickets') && !may(ctx, 'read-tickets');
  return {
    id: user.id,
    seesAll: !ownAlone && teams === null,
    teams: ownAlone ? null : teams,
    reads: may(ctx, 'read-tickets') || may(ctx, 'read-own-tickets'),
    assigns: may(ctx, 'edit-tickets') || may(ctx, 'assign-tickets'),
  };
}

/** What is answered to a change: the record for those who may read such records; those who may only write them are told that it was done. */
export async function answerOf<T extends { documentId: string }>(
  mayRead: boolean,
  { documentId }: { documentId: string },
  read: () => T | Promise<T>,
): Promise<T | { documentId: string }> {
  return mayRead ? read() : { documentId };
}

/** The ticket of the URL. Throws a 404 when there is none or the caller may not see it: the two look alike from outside. */
export const findTicketOr404 = (strapi: Core.Strapi, ctx: Context) =>
  orNotFound(findTicket(strapi, viewerOf(ctx), ctx.params.id), NO_SUCH_TICKET);

export const NO_SUCH_TICKET = say('ticket.none');
