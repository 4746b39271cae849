import { say } from '../../../shared/sentences/words';
import type { Core } from '@strapi/strapi';
import type { OutgoingAccount } from '../settings/settings';
import { UID } from '../uids';
import { emailPluginTransport } from './email-plugin';
import { graphTransport, withdrawDraft } from './graph-transport';
import { smtpTransport } from './send';
import type { Attempt, OutgoingMail, SentMail, Transport } from './transport';

/** By what emails leave: the transport of the outgoing mail settings, and that of scanners which have one of their own. */

/** The transport of the outgoing mail settings. */
function transportOf(strapi: Core.Strapi, account: OutgoingAccount): Transport {
  const { transport, authorization } = account;
  if (transport === 'emailPlugin') return emailPluginTransport(strapi);
  if (transport === 'smtp' || !authorization) return smtpTransport(strapi, account);
  return graphTransport(strapi, { authorization, mailboxOf: ({ from }) => mailboxOf(account, from.address) });
}

/** The mailbox that people name is that of the one address; who writes from another one writes from its mailbox. */
export const mailboxOf = ({ username, fromAddress }: OutgoingAccount, from: string): string =>
  username && from.toLowerCase() === fromAddress.toLowerCase() ? username : from;

/** For the emails of the outbox: by the address that each comes from. */
export async function transportsOf(strapi: Core.Strapi, account: OutgoingAccount): Promise<Transport> {
  const usual = transportOf(strapi, account);
  const own = await transportsOfScanners(strapi);
  const fitting = (mail: OutgoingMail) => own.get(mail.from.address.toLowerCase()) ?? usual;
  return {
    prepare: (mail) => fitting(mail).prepare?.(mail) ?? null,
    async send(mail, attempt) {
      const { draft } = attempt;
      // What may have left is asked for where it lies, whatever the settings say by now.
      if (draft?.mayHaveLeftSince) return graphTransport(strapi, { ...draft, mailboxOf: () => draft.mailbox }).send(mail, attempt);
      const transport = fitting(mail);
      const moved = draft && !isThere(transport.prepare?.(mail) ?? null, draft);
      if (!moved) return transport.send(mail, attempt);
      // We never asked for it to leave; where it cannot be taken away now, it lies there unsent.
      const outcome = await withdrawDraft(strapi, draft, mail.messageId).catch(() => 'withdrawn');
      if (outcome === 'sent') return { response: say('graph.byHand'), rejected: [] };
      return transport.send(mail, { ...attempt, draft: transport.prepare?.(mail) ?? null, isRepeated: false });
    },
  };
}

type Draft = NonNullable<Attempt['draft']>;

const isThere = (place: Draft | null, { authorization, mailbox }: Draft): boolean =>
  place !== null && place.authorization === authorization && place.mailbox === mailbox;

/** By the sender's addresses of those scanners that answer by Graph. */
async function transportsOfScanners(strapi: Core.Strapi): Promise<Map<string, Transport>> {
  const scanners = await strapi.db.query(UID.scanner).findMany({
    select: ['id', 'fromAddress'],
    where: { answersBy: 'graph', fromAddress: { $notNull: true } },
    orderBy: { id: 'desc' },
    populate: { authorization: { select: ['documentId'] } },
  });
  return new Map(
    scanners.flatMap(({ fromAddress, authorization }) =>
      authorization && fromAddress
        ? [
            [
              String(fromAddress).toLowerCase(),
              graphTransport(strapi, { authorization: authorization.documentId, mailboxOf: ({ from }) => from.address }),
            ] as const,
          ]
        : [],
    ),
  );
}

/** Sends one that is in no outbox, with the account of the outgoing mail settings. */
export const send = (strapi: Core.Strapi, account: OutgoingAccount, mail: OutgoingMail): Promise<SentMail> =>
  transportOf(strapi, account).send(mail, {
    delivery: null,
    draft: null,
    isRepeated: false,
    keep: async () => {},
    assertHeld: () => {},
  });
