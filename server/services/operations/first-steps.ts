import type { Core } from '@strapi/strapi';
import type { FirstSteps } from '../../../shared/api/operations';
import { isRoundTripDone } from '../scanner/round-trip';
import { getOutgoingMail, outgoingAccount } from '../settings/settings';
import { UID } from '../uids';

/** What leads from a new installation to the first ticket, and how far this site has come. */
export async function firstSteps(strapi: Core.Strapi): Promise<FirstSteps> {
  const scanners = await strapi.db.query(UID.scanner).findMany({ select: ['documentId', 'active'], orderBy: { id: 'asc' } });
  return {
    scanner: scanners[0]?.documentId ?? null,
    done: {
      mailbox: scanners.length > 0,
      rules: (await strapi.db.query(UID.rule).count({ where: { active: true } })) > 0,
      outgoing: outgoingAccount(await getOutgoingMail(strapi)) !== null,
      roundTrip: await isRoundTripDone(strapi),
      active: scanners.some(({ active }) => active),
    },
  };
}
