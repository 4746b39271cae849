import type { Core } from '@strapi/strapi';
import { addressFor, HostRefused } from '../network/reach';
import { credentialOf } from '../oauth/access-token';
import { OAuthError } from '../oauth/types';
import { pluginConfig } from '../settings/config';
import { readSecret, secretName, SecretUnreadable } from '../settings/secrets';
import type { OutgoingAccount } from '../settings/settings';
import { UID } from '../uids';
import { SendError, type OutgoingServer, type Transport } from './transport';
import { sendMail } from './smtp';
import { say } from '../../../shared/sentences/words';

/** By SMTP. For mails that leave together, password, token and address are looked up once; a refused token is renewed once. */
export function smtpTransport(strapi: Core.Strapi, account: OutgoingAccount): Transport {
  let signing: Promise<OutgoingServer> | null = null;
  return {
    async send(mail) {
      const current = (signing ??= signedIn(strapi, account));
      const server = await current;
      try {
        return await sendMail(server, mail);
      } catch (error) {
        const { credential } = server;
        if (credential?.type !== 'accessToken' || !(error instanceof SendError && error.loginRefused)) throw error;
        // Of several that were refused, the first one has it renewed.
        if (signing === current) signing = signedIn(strapi, account, credential.accessToken);
        return sendMail(await signing, mail);
      }
    },
  };
}

/** The server with the credential and the address of this moment. */
async function signedIn(strapi: Core.Strapi, account: OutgoingAccount, refusedToken?: string): Promise<OutgoingServer> {
  const { authorization, transport: _, fromAddress: __, ...server } = account;
  try {
    const address = await addressFor(server.host, pluginConfig(strapi));
    if (!authorization) return { ...server, address, credential: server.username ? await passwordOf(strapi) : null };
    const credential = await credentialOf(strapi, authorization, server.host, refusedToken);
    return { ...server, address, credential, username: server.username ?? (await usernameOf(strapi, authorization)) };
  } catch (error) {
    if (error instanceof OAuthError || error instanceof SecretUnreadable)
      throw new SendError(say('outgoing.notAsked', { host: server.host, why: error.said }), false, null);
    throw error instanceof HostRefused ? new SendError(error.said, false, null) : error;
  }
}

async function passwordOf(strapi: Core.Strapi): Promise<OutgoingServer['credential']> {
  const password = await readSecret(strapi, secretName.outgoingPassword);
  return password === null ? null : { type: 'password', password };
}

async function usernameOf(strapi: Core.Strapi, documentId: string): Promise<string> {
  const row = await strapi.db.query(UID.authorization).findOne({ select: ['username'], where: { documentId } });
  return row?.username ?? '';
}
