import type { Core } from '@strapi/strapi';
import { addressFor, HostRefused } from '../network/reach';
import { credentialOf } from '../oauth/access-token';
import { OAuthError } from '../oauth/types';
import { pluginConfig } from '../settings/config';
import type { OutgoingAccount } from '../settings/settings';
import { UID } from '../uids';
import { SendError, sendMail, type OutgoingMail, type OutgoingServer, type SentMail } from './transport';

/**
 * Sends a mail with the account of the outgoing mail settings. A token that the server refuses is renewed once. Throws a
 * SendError; a missing or ended authorization is a temporary one, because the mail can go once it is authorised again.
 */
export async function send(strapi: Core.Strapi, account: OutgoingAccount, mail: OutgoingMail): Promise<SentMail> {
  const { authorization, ...named } = account;
  const server = { ...named, address: await reachable(strapi, named.host) };
  if (!authorization) return sendMail(server, mail);
  const authorised = await withToken(strapi, server, authorization);
  try {
    return await sendMail(authorised, mail);
  } catch (error) {
    if (!(error instanceof SendError && error.loginRefused)) throw error;
    return sendMail(await withToken(strapi, server, authorization, authorised.credential.accessToken), mail);
  }
}

async function reachable(strapi: Core.Strapi, host: string): Promise<string> {
  try {
    return await addressFor(host, pluginConfig(strapi));
  } catch (error) {
    throw error instanceof HostRefused ? new SendError(error.message, false, null) : error;
  }
}

async function withToken(strapi: Core.Strapi, server: OutgoingServer, authorization: string, refused?: string) {
  try {
    const credential = await credentialOf(strapi, authorization, refused);
    return { ...server, credential, username: server.username ?? (await usernameOf(strapi, authorization)) };
  } catch (error) {
    throw error instanceof OAuthError ? new SendError(`${server.host} was not asked: ${error.message}`, false, null) : error;
  }
}

async function usernameOf(strapi: Core.Strapi, documentId: string): Promise<string> {
  const row = await strapi.db.query(UID.authorization).findOne({ select: ['username'], where: { documentId } });
  return row?.username ?? '';
}
