/**
 * A year of a small support team, so that lists, filters and reports have something to say: tickets of customers of some companies, what was
 * written, who answered and when. The same every time. Nothing of it is sent, and nobody is told of it.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Person {
  firstname: string;
  lastname: string;
  email: string;
  password: string;
}

const AGENTS: Omit<Person, 'password'>[] = [
  { firstname: 'Ada', lastname: 'Berg', email: 'ada@demo.example' },
  { firstname: 'Jonas', lastname: 'Lind', email: 'jonas@demo.example' },
  { firstname: 'Marie', lastname: 'Roux', email: 'marie@demo.example' },
];

/** What editors of a helpdesk usually may. */
const AGENT_MAY = ['read-tickets', 'edit-tickets', 'reply-to-tickets', 'merge-tickets', 'manage-tags', 'edit-contacts', 'read-reports'].map(
  (name) => `plugin::mail-scanner.${name}`,
);

const COMPANIES = ['Northwind Lamps', 'Café Arkaden', 'Harbour Rowing Club', 'Sundial Print', 'Villa Verde Hotels', 'Oak & Iron'];
const FIRST_NAMES = ['Emma', 'Luca', 'Sofia', 'Noah', 'Ines', 'Oskar', 'Hanna', 'Pablo', 'Chloé', 'Mika'];
const LAST_NAMES = ['Novak', 'Garcia', 'Lehmann', 'Virtanen', 'Dubois', 'Rossi', 'Hansen', 'Kowalska'];

/** Most customers are content. */
const SCORES = ['good', 'good', 'good', 'good', 'ok', 'bad'];

const TAGS = [
  { name: 'Delivery', colour: 'blue' },
  { name: 'Invoice', colour: 'orange' },
  { name: 'Broken', colour: 'red' },
];

/** What customers ask, what they are answered, and what they answer then. */
const STORIES = [
  {
    title: 'Where is my order?',
    tag: 'Delivery',
    says: ['It was to come on Monday. Can you see where it is?', 'It has come. Thank you!'],
    hears: ['It has left our store and should be there tomorrow.', 'Glad to hear it.'],
  },
  {
    title: 'Two lamps arrived broken',
    tag: 'Broken',
    says: ['Two of the ten lamps are broken. The box was wet.', 'The photo is below. What happens now?'],
    hears: ['I am sorry. Could you send us a photo of the box?', 'Two new ones are on their way; keep the broken ones.'],
  },
  {
    title: 'The invoice has the wrong address',
    tag: 'Invoice',
    says: ['We moved in spring. Please send it once more with the new address.'],
    hears: ['Done: a new one is in your mailbox.'],
  },
  {
    title: 'Can we pay by direct debit?',
    tag: 'Invoice',
    says: ['Our bookkeeper asks for it.', 'We sent it back today.'],
    hears: ['Yes. Sign the form below and send it back.', 'Then it holds from the next invoice on.'],
  },
  {
    title: 'How do I change the timer?',
    tag: null,
    says: ['It goes on an hour too late since the clocks changed.'],
    hears: ['Hold the button for five seconds until it blinks, then set the hour.'],
  },
  {
    title: 'A spare part for the old model',
    tag: null,
    says: ['The hinge of the 2019 model is worn out. Do you still have it?', 'Two, please.', 'They fit. Thanks.'],
    hears: ['We have some left. How many do you need?', 'They left today.', 'Good to know.'],
  },
];

/** Numbers between 0 and 1 that are the same every time (mulberry32). */
function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

const oneOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

/** Moments of the year, oldest first: more of them lately, and most of them by day and on working days. */
function moments(random: Random, now: Date, count: number): Date[] {
  const found: Date[] = [];
  while (found.length < count) {
    const at = new Date(now.getTime() - HOUR_MS - random() ** 1.4 * 365 * DAY_MS);
    at.setUTCHours(7 + Math.floor((random() + random()) * 6), Math.floor(random() * 60));
    const isWeekend = [0, 6].includes(at.getUTCDay());
    if (at < now && (!isWeekend || random() < 0.2)) found.push(at);
  }
  return found.sort((one, other) => one.getTime() - other.getTime());
}

/** How long an answer takes: mostly a few hours, now and then days. */
const answerTime = (random: Random): number => (0.2 + random() ** 3 * 30) * HOUR_MS;

interface Line {
  at: Date;
  text: string;
  isCustomers: boolean;
}

/** What was written by now, and when the ticket was closed after it; null: it is still open. */
function conversation(random: Random, story: (typeof STORIES)[number], opened: Date, now: Date): { lines: Line[]; closedAt: Date | null } {
  const lines: Line[] = [];
  let at = opened;
  for (const [index, says] of story.says.entries()) {
    lines.push({ at, text: says, isCustomers: true });
    at = new Date(at.getTime() + answerTime(random));
    lines.push({ at, text: story.hears[index], isCustomers: false });
    at = new Date(at.getTime() + answerTime(random) * 2);
  }
  // Some conversations of the last weeks are still under way.
  const isUnderWay = opened.getTime() > now.getTime() - 21 * DAY_MS && random() < 0.6;
  const written = lines.slice(0, isUnderWay ? 1 + Math.floor(random() * (lines.length - 1)) : lines.length).filter((line) => line.at < now);
  return { lines: written, closedAt: written.length === lines.length && at < now ? at : null };
}

/** Fills a helpdesk that holds no ticket yet; resolves with how many tickets were made. */
export async function fillYear(strapi: any, administrator: Person, count = 300, now = new Date()): Promise<number> {
  const documents = (type: string) => strapi.documents(`plugin::mail-scanner.${type}`);
  if ((await documents('ticket').count({})) > 0) return 0;
  const random = randomness(7);
  const agents = await makePeople(strapi, administrator);
  const tags = new Map<string, number>();
  for (const data of TAGS) tags.set(data.name, (await documents('tag').create({ data })).id);
  const contacts = await makeContacts(documents, random);
  const times = moments(random, now, count);
  for (const opened of times) {
    const story = oneOf(random, STORIES);
    const agent = oneOf(random, agents);
    const contact = oneOf(random, contacts);
    const { lines, closedAt } = conversation(random, story, opened, now);
    const last = lines.at(-1)!;
    const status = closedAt ? 'Closed' : last.isCustomers ? (lines.length > 1 ? 'In Progress' : 'Open') : 'Wait For Response';
    await strapi.db.transaction(async ({ trx }: any) => {
      const ticket = await documents('ticket').create({
        data: {
          title: story.title,
          ticketStatus: status,
          priority: oneOf(random, ['Low', 'Normal', 'Normal', 'Normal', 'High', 'Urgent']),
          lastActivityAt: last.at,
          contact: contact.id,
          account: contact.account,
          assignee: lines.length > 1 || random() < 0.4 ? agent.id : null,
          helpdeskTags: story.tag ? [tags.get(story.tag)] : [],
        },
      });
      await strapi.db.query('plugin::mail-scanner.ticket').updateMany({ where: { id: ticket.id }, data: { createdAt: opened } });
      const noted = await strapi.db.query('plugin::mail-scanner.activity').findMany({ select: ['id'], where: { ticket: ticket.id } });
      const ids = noted.map(({ id }: { id: number }) => id);
      await strapi.db.query('plugin::mail-scanner.activity').updateMany({ where: { id: { $in: ids } }, data: { createdAt: opened } });
      for (const line of lines) await write(strapi, ticket.id, line, line.isCustomers ? { contact } : { agent });
      if (closedAt) await noteClosing(strapi, ticket.id, agent, closedAt);
      if (closedAt && random() < 0.3) await rate(trx, ticket.id, { contact, agent, at: closedAt, score: oneOf(random, SCORES) });
    });
  }
  return times.length;
}

/** The administrator: without one, the first visitor of the panel becomes one, and agents with the same password. Resolves with all of them. */
async function makePeople(strapi: any, administrator: Person): Promise<any[]> {
  const { id: superAdmin } = await strapi.service('admin::role').getSuperAdmin();
  const users = strapi.service('admin::user');
  const first =
    (await users.findOneByEmail(administrator.email)) ?? (await users.create({ ...administrator, isActive: true, roles: [superAdmin] }));
  const role = await strapi.service('admin::role').findOne({ code: 'strapi-editor' });
  const has = await strapi.service('admin::permission').findMany({ where: { role: { id: role.id } } });
  const may = AGENT_MAY.filter((action) => !has.some((permission: any) => permission.action === action));
  await strapi.service('admin::role').addPermissions(
    role.id,
    may.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
  );
  const { password } = administrator;
  const made: any[] = [first];
  for (const agent of AGENTS) made.push(await users.create({ ...agent, password, isActive: true, roles: [role.id] }));
  return made;
}

async function makeContacts(documents: (type: string) => any, random: Random): Promise<any[]> {
  const made: any[] = [];
  for (const name of COMPANIES) {
    const account = await documents('account').create({ data: { name } });
    const domain = `${name
      .normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase()}.example`;
    for (const firstName of FIRST_NAMES.filter(() => random() < 0.6)) {
      const lastName = oneOf(random, LAST_NAMES);
      const email = `${firstName
        .normalize('NFD')
        .replace(/[^a-z]/gi, '')
        .toLowerCase()}@${domain}`;
      const contact = await documents('contact').create({ data: { email, firstName, lastName, account: account.id } });
      made.push({ id: contact.id, email, name: `${firstName} ${lastName}`, account: account.id });
    }
  }
  return made;
}

/** `email` says that it has reached its people already: it does not leave again. */
async function write(strapi: any, ticket: number, { at, text, isCustomers }: Line, { contact, agent }: any): Promise<void> {
  const author = isCustomers
    ? { contact: contact.id, authorName: contact.name, authorAddress: contact.email }
    : { user: agent.id, authorName: `${agent.firstname} ${agent.lastname}` };
  const data = { ticket, text, source: 'email', isPublic: true, isOutgoing: !isCustomers, isAutomatic: false, ...author };
  const { id } = await strapi.documents('plugin::mail-scanner.comment').create({ data });
  await strapi.db.query('plugin::mail-scanner.comment').updateMany({ where: { id }, data: { createdAt: at } });
}

/** As the log says it of a ticket that somebody closed: reports go by it. */
async function noteClosing(strapi: any, ticket: number, { firstname, lastname }: any, at: Date): Promise<void> {
  const detail = { from: 'Wait For Response', to: 'Closed' };
  const data = { ticket, kind: 'status', actorKind: 'user', actorName: `${firstname} ${lastname}`, detail };
  const { id } = await strapi.db.query('plugin::mail-scanner.activity').create({ data });
  await strapi.db.query('plugin::mail-scanner.activity').updateMany({ where: { id }, data: { createdAt: at } });
}

/** As a customer answers the question that follows a closing. The rows belong to emails, and these have none: their numbers are below zero. */
async function rate(trx: any, ticket: number, { contact, agent, at, score }: any): Promise<void> {
  const whose = { contact_id: contact.id, assignee_id: agent.id, scanner_id: null };
  await trx('mail_scanner_ratings').insert({
    ...{ delivery_id: -ticket, ticket_id: ticket, ...whose, score, comment: null },
    rated_at: at.getTime() + HOUR_MS,
  });
}
