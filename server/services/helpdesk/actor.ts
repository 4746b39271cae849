import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { fullName } from '../../../shared/names';
import type { ActorKind } from '../../../shared/vocabulary';

/** Who does something to a ticket: an administrator by whatever door, a scanner, a time trigger, whoever holds a token of the site's API, or code. */
export interface Actor {
  kind: ActorKind;
  name: string;
  /** The id of the administrator. */
  user?: number;
}

const acting = new AsyncLocalStorage<Actor>();

/** Whatever `work` writes was done by this actor, even when an administrator's request set it off: "Run", say. */
export const actAs = <T>(actor: Actor, work: () => Promise<T>): Promise<T> => acting.run(actor, work);

/** Who acts at this moment. */
export function currentActor(strapi: Core.Strapi): Actor {
  const named = acting.getStore();
  if (named) return named;
  const { state } = strapi.requestContext.get() ?? {};
  if (!state) return { kind: 'system', name: '' };
  if (state.userAbility && state.user) return { kind: 'user', name: nameOf(state.user), user: state.user.id };
  return { kind: 'api', name: String(state.auth?.credentials?.name ?? state.user?.username ?? '') };
}

const nameOf = ({ firstname, lastname, username, email }: Record<string, string | null | undefined>): string =>
  fullName(firstname, lastname) || username || email || '';
