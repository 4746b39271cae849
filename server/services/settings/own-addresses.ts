import type { Core } from '@strapi/strapi';
import { UID } from '../uids';
import { getOutgoingMail } from './settings';

/** The addresses that scanners read and that we send from, in lower case. */
export async function ownAddresses(strapi: Core.Strapi): Promise<Set<string>> {
  const scanners = await strapi.db.query(UID.scanner).findMany({ select: ['username', 'mailboxName', 'fromAddress'] });
  const outgoing = await getOutgoingMail(strapi);
  const names = [
    ...scanners.flatMap(({ username, mailboxName, fromAddress }) => [username, mailboxName, fromAddress]),
    outgoing.fromAddress,
  ];
  return new Set(names.filter((name): name is string => typeof name === 'string' && name.includes('@')).map((name) => name.toLowerCase()));
}

/** The addresses of administrators, in lower case. */
export async function agentAddresses(strapi: Core.Strapi): Promise<Set<string>> {
  const users: { email: string | null }[] = await strapi.db.query('admin::user').findMany({ select: ['email'] });
  return new Set(users.flatMap(({ email }) => email?.toLowerCase() ?? []));
}
