import type { Core } from '@strapi/strapi';
import { domainOf } from '../lib/address';
import type { Address } from '../message/types';
import { rowsOf, type Row } from '../storage/rows';
import { UID } from '../uids';
import { splitName } from './person-name';

const WITH_ACCOUNT = { account: true } as const;

/** The contact with that address (in lower case), be it a further one of theirs, with its account; null when there is none. */
export async function findContactAt(strapi: Core.Strapi, email: string): Promise<Row<'contact', ['account']> | null> {
  const populate = { ...WITH_ACCOUNT, mergedInto: { populate: WITH_ACCOUNT } };
  const found = await rowsOf(strapi, UID.contact).findOne({ where: { email }, populate });
  return found?.mergedInto ?? found;
}

/** The contact with that address, be it a further one of theirs, with its account; made when there is none. Part of the calling code's transaction. */
export async function findOrCreateContact(strapi: Core.Strapi, { address, name }: Address): Promise<Row<'contact', ['account']>> {
  const email = address.trim().toLowerCase();
  const known = await findContactAt(strapi, email);
  if (known) return known;
  const domain = domainOf(email);
  const account = await rowsOf(strapi, UID.account).findOne({
    select: ['id'],
    where: { domain },
    orderBy: { id: 'asc' },
    populate: { mergedInto: { select: ['id'] } },
  });
  const created = await strapi
    .documents(UID.contact)
    .create({ data: { email, ...splitName({ address: email, name }), account: account?.mergedInto?.id ?? account?.id ?? null } });
  return (await rowsOf(strapi, UID.contact).findOne({ where: { id: created.id as number }, populate: WITH_ACCOUNT }))!;
}
