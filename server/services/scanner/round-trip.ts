import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { RoundTrip, TestEmail } from '../../../shared/api/settings';
import { sendTestEmail } from '../outgoing/outgoing-mail';
import { getOutgoingMail } from '../settings/settings';
import { changeStored, readStored } from '../settings/stored';
import { UID } from '../uids';
import type { ScannerRow } from './access';
import { preview } from './preview';
import { findScanner } from './scanners';
import { TEST_CAME_BACK } from './steps/own-alert';

/**
 * A test email goes to the address that customers answer to, and is looked for in a scanner's mailbox: when it is there, both ends fit. It
 * becomes no ticket.
 */

/** `code` stands in the subject: some servers give an email another Message-ID. */
type Trip = RoundTrip & { code: string };

const KEY = 'round-trip';
/** Among this many of the newest emails it is looked for. */
const NEWEST = 5;

/** Where answers go to that customers give to emails of this scanner. */
const answersGoTo = async (strapi: Core.Strapi, scanner: ScannerRow): Promise<string> =>
  scanner.fromAddress || (await getOutgoingMail(strapi)).fromAddress;

/** Sends the test email. Resolves with what the outgoing server says. Throws a 400 as long as none is set up. */
export async function startRoundTrip(strapi: Core.Strapi, scanner: ScannerRow): Promise<TestEmail> {
  const address = await answersGoTo(strapi, scanner);
  const code = randomBytes(4).toString('hex');
  const sentAt = new Date().toISOString();
  const sent = await sendTestEmail(strapi, address, code);
  if (sent.ok) await changeStored<Trip>(strapi, KEY, () => ({ scanner: scanner.documentId, address, code, sentAt, backAt: null }));
  return sent;
}

/** Looks for the last test email, in the scan log and in the mailbox. Null when none was sent. Throws a MailboxError. */
export async function lookForRoundTrip(strapi: Core.Strapi): Promise<RoundTrip | null> {
  const trip = await readStored<Trip>(strapi, KEY);
  if (!trip) return null;
  const isBack = trip.backAt === null && (await hasArrived(strapi, trip));
  const { code: _, ...now } = isBack ? await noteReturn(strapi, trip) : trip;
  return now;
}

/** Whether the last test email came back, and a scanner of today answers from the address that it was sent to. */
export async function isRoundTripDone(strapi: Core.Strapi): Promise<boolean> {
  const trip = await readStored<Trip>(strapi, KEY);
  if (!trip?.backAt) return false;
  const scanner = await findScanner(strapi, trip.scanner);
  return scanner !== null && (await answersGoTo(strapi, scanner)) === trip.address;
}

async function hasArrived(strapi: Core.Strapi, trip: Trip): Promise<boolean> {
  const scanner = await findScanner(strapi, trip.scanner);
  if (!scanner) return false;
  return (await isInLog(strapi, scanner, trip)) || (await isInMailbox(strapi, scanner, trip));
}

async function isInLog(strapi: Core.Strapi, { id }: ScannerRow, { code, sentAt }: Trip): Promise<boolean> {
  const place = { forgottenAt: { $null: true }, scanner: { id }, outcome: 'noMatch', createdAt: { $gte: sentAt } };
  const count = await strapi.db.query(UID.message).count({ where: { ...place, reason: TEST_CAME_BACK, subject: { $contains: code } } });
  return count > 0;
}

/** By a preview: a scanner that is not active yet changes nothing in its mailbox. */
async function isInMailbox(strapi: Core.Strapi, scanner: ScannerRow, { code }: Trip): Promise<boolean> {
  const newest = await preview(strapi, scanner, { limit: NEWEST });
  return newest.some(({ reason, subject }) => reason === TEST_CAME_BACK && subject.includes(code));
}

/** Unless another one was sent meanwhile. */
const noteReturn = (strapi: Core.Strapi, trip: Trip): Promise<Trip> =>
  changeStored<Trip>(strapi, KEY, (before) =>
    before && before.code !== trip.code ? before : { ...trip, backAt: new Date().toISOString() },
  );
