import { setTimeout as sleep } from 'node:timers/promises';
import type { TestStrapi } from '../../tests/support/strapi';
import { POISON, type World } from './world';

/** What became of everything, once all that was left open is done. */

export interface Counts {
  kills: number;
  /** Processes that a poisonous message took down. */
  poisoned: number;
  messages: number;
  lost: number;
  twice: number;
  replies: number;
  repliesLost: number;
  /** Sent as two different emails. */
  repliesTwice: number;
  /** Sent again under the same Message-ID, because the crash fell between the server's OK and our note of it. */
  repliesResent: number;
  /** What customers answered: it belongs to the ticket of the email that they answered, once. */
  followUps: number;
  followUpsLost: number;
  followUpsTwice: number;
  followUpsAstray: number;
  /** Neither moved, deleted nor read as their rule has it. */
  wrongPlace: number;
  /** Set aside, since the process ended three times with it in hand: the poisonous one, and whichever kills met so often. */
  setAside: number;
  /** Poisonous messages that are nowhere. */
  poisonLeft: number;
}

export const FAILURES = [
  'lost',
  'twice',
  'repliesLost',
  'repliesTwice',
  'followUpsLost',
  'followUpsTwice',
  'followUpsAstray',
  'wrongPlace',
  'poisonLeft',
] as const;

/** The second and those after it ask Graph what has changed since the one before. */
const FEWEST_SCANS = 5;
const MOST_SCANS = 20;

/** Finishes what was begun, as any later scan would, and counts. */
export async function settleAndCount(app: TestStrapi, world: World, poison: string[]): Promise<Omit<Counts, 'kills' | 'poisoned'>> {
  const scanners = await app.api('GET', '/scanners');
  // The leases of the killed run out.
  await sleep(4000);
  for (const { documentId } of scanners) await scanToTheEnd(app, documentId);
  for (let round = 0; round < 2; round += 1) {
    await app.strapi.db
      .query('plugin::mail-scanner.delivery')
      .updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    await sleep(500);
  }
  const setAside = await countSetAside(app);
  // As its next chance would, in an hour. This process is immune to poison.
  await app.api('POST', '/messages/retry', {});
  await tellFailures(app);
  const tickets = await titlesOf(app);
  const rows = await ledgerSubjects(app);
  const subjects = [...world.subjects.keys()];
  const idsOf = await replyIds(world);
  const texts = [...world.comments];
  const lost = subjects.filter((subject) => !tickets.has(subject) || !rows.has(subject));
  await tellLost(app, lost);
  return {
    messages: subjects.length,
    lost: lost.length,
    twice: subjects.filter((subject) => (tickets.get(subject) ?? 0) > 1 || (rows.get(subject) ?? 0) > 1).length,
    replies: texts.length,
    repliesLost: texts.filter((text) => !idsOf.has(text)).length,
    repliesTwice: texts.filter((text) => new Set(idsOf.get(text)).size > 1).length,
    repliesResent: texts.filter((text) => (idsOf.get(text)?.length ?? 0) > new Set(idsOf.get(text)).size).length,
    ...(await countFollowUps(app, world)),
    wrongPlace: await countMisplaced(world),
    setAside,
    poisonLeft: poison.filter((subject) => !tickets.has(subject)).length,
  };
}

/** A busy machine may need some scans: an error of the mailbox ends one, and what a dead process had in hand comes one by one. */
async function scanToTheEnd(app: TestStrapi, documentId: string): Promise<void> {
  for (let round = 1; ; round += 1) {
    const { scanned, error } = await app.api('POST', `/scanners/${documentId}/run`);
    if (scanned === 0 && !error && round >= FEWEST_SCANS) return;
    if (error) console.log(`  scan ${round} of ${documentId}: ${error.message}`);
    if (round === MOST_SCANS) return;
  }
}

const isPoison = (subject: string): boolean => subject.includes(POISON);

/** Why messages did not become tickets: what an administrator would read in the scan log. */
async function tellFailures({ strapi }: TestStrapi): Promise<void> {
  const rows = await strapi.db
    .query('plugin::mail-scanner.message')
    .findMany({ where: { outcome: { $notIn: ['processed', 'duplicate'] } }, limit: 10 });
  for (const { subject, outcome, reason } of rows) console.log(`  ${outcome}: "${subject}": ${reason}`);
  const failed = await strapi.db.query('plugin::mail-scanner.delivery').findMany({ where: { state: { $ne: 'sent' } }, limit: 10 });
  for (const { state, lastError } of failed) console.log(`  delivery ${state}: ${lastError}`);
}

const MOST_TOLD = 10;

/** What the ledger says of those that have no ticket of their own. */
async function tellLost({ strapi }: TestStrapi, lost: string[]): Promise<void> {
  for (const subject of lost.slice(0, MOST_TOLD)) {
    const where = { subject } as never;
    const rows = await strapi.db.query('plugin::mail-scanner.message').findMany({ where, populate: { ticket: true } });
    const said = rows.map(({ outcome, reason, ticket }) => `${outcome}, ${reason} (ticket "${ticket?.title ?? 'none'}")`);
    console.log(`  lost: "${subject}": ${said.join('; ') || 'not in the ledger'}`);
  }
}

async function countSetAside({ strapi }: TestStrapi): Promise<number> {
  return strapi.db.query('plugin::mail-scanner.message').count({ where: { outcome: 'quarantined' } });
}

const tally = (names: string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

async function titlesOf({ strapi }: TestStrapi): Promise<Map<string, number>> {
  const tickets = await strapi.db.query('plugin::mail-scanner.ticket').findMany({ select: ['title'] });
  return tally(tickets.map(({ title }) => title));
}

async function ledgerSubjects({ strapi }: TestStrapi): Promise<Map<string, number>> {
  const rows = await strapi.db.query('plugin::mail-scanner.message').findMany({ select: ['subject'], where: { outcome: 'processed' } });
  return tally(rows.map(({ subject }) => subject));
}

/** The Message-IDs under which the newest comment of a mail left, by the comment's text. */
async function replyIds({ smtp, graph, comments }: World): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for (const { parsed } of graph ? await graph.mails() : smtp.mails) {
    // Newest first: the first one named is the one that the mail is about.
    const text = /Answer \d+-\d+\./.exec(parsed.text ?? '')?.[0];
    if (text && comments.has(text)) ids.set(text, [...(ids.get(text) ?? []), parsed.messageId ?? '']);
  }
  return ids;
}

async function countFollowUps({ strapi }: TestStrapi, { followUps }: World) {
  const comments = await strapi.db
    .query('plugin::mail-scanner.comment')
    .findMany({ where: { source: 'email', text: { $contains: 'Follow-up ' } }, populate: { ticket: true } });
  const titles = new Map<string, string[]>();
  for (const { text, ticket } of comments) {
    const found = /Follow-up \d+-\d+\./.exec(text)?.[0] ?? '';
    titles.set(found, [...(titles.get(found) ?? []), ticket?.title ?? '']);
  }
  const all = [...followUps];
  const lost = all.filter(([text]) => !titles.has(text));
  for (const [text, request] of lost.slice(0, MOST_TOLD)) console.log(`  lost: "${text}" to "${request}"`);
  return {
    followUps: all.length,
    followUpsLost: lost.length,
    followUpsTwice: all.filter(([text]) => (titles.get(text)?.length ?? 0) > 1).length,
    followUpsAstray: all.filter(([text, request]) => titles.get(text)?.some((title) => !title.includes(request))).length,
  };
}

const subjectOf = (source: string): string => /^Subject: (.*)$/m.exec(source)?.[1].trim() ?? '';

/** Messages that are not where their rule puts them: moved, deleted, or read in the INBOX. */
async function countMisplaced({ server, users, subjects }: World): Promise<number> {
  let misplaced = 0;
  for (const user of users) {
    const mine = [...subjects].filter(([, owner]) => owner === user).map(([subject]) => subject);
    const inbox = (await server.messages('INBOX', user)).filter(({ source }) => !isPoison(subjectOf(source)));
    const folders = await server.folders(user);
    const processed = folders.includes('Processed') ? await server.messages('Processed', user) : [];
    const read = new Set(inbox.filter(({ flags }) => flags.includes('\\Seen')).map(({ source }) => subjectOf(source)));
    const all = new Set(inbox.map(({ source }) => subjectOf(source)));
    const moved = tally(processed.map(({ source }) => subjectOf(source)));
    for (const subject of mine) {
      if (subject.startsWith('[move]')) misplaced += moved.get(subject) === 1 && !all.has(subject) ? 0 : 1;
      else if (subject.startsWith('[delete]')) misplaced += all.has(subject) ? 1 : 0;
      else misplaced += read.has(subject) ? 0 : 1;
    }
  }
  return misplaced;
}
