import { CREATE_TICKET } from '../../tests/support/helpdesk';
import { expect, same, until, type Stand } from './stand';

/** What others do to a mailbox while it is scanned, and what servers refuse. In the shape of checks.ts. */

const action = (type: string, config: object = {}) => [...CREATE_TICKET, { type, config }];
const MANY = 150;
const ODD_NAMES = [
  'Größe & Co',
  'a "quoted" one',
  'back\\slash',
  'star*',
  'per%cent',
  'semi;colon',
  '(brackets)',
  '日本 🙂',
  '&amp',
  '~tilde',
  ' blank first',
];

const ticketsOf = async (stand: Stand, titles: string[]): Promise<number[]> =>
  Promise.all(titles.map(async (title) => (await stand.tickets(title)).length));

export const trouble = {
  oddnames: {
    title: 'Odd names of folders',
    imapOnly: true as const,
    async run(stand: Stand) {
      const refused: string[] = [];
      for (const [index, folder] of ODD_NAMES.entries()) {
        const scanner = await stand.scanner([{ actions: action('moveToFolder', { folder }) }]);
        await stand.arrive(stand.mail({ subject: `Odd ${index}` }));
        const { openEffects, error } = await stand.run(scanner);
        expect(error === null, `"${folder}": ${JSON.stringify(error)}`);
        await stand.ticket(`Odd ${index}`);
        if (openEffects > 0) {
          refused.push(folder);
          // What is left of it would be tried by the next scanner.
          await stand.imap(async (client) => {
            await client.mailboxOpen('INBOX');
            await client.messageDelete('1:*');
          });
        } else {
          const left = (await stand.messages('INBOX')).filter(({ flags }) => !flags.includes('\\Deleted'));
          same(left.length, 0, `in the INBOX after a move to "${folder}"`);
        }
        await stand.app.api('PUT', `/scanners/${scanner.documentId}`, { active: false });
      }
      return refused.length > 0 ? `ok, it refuses ${refused.map((name) => `“${name}”`).join(', ')}` : 'ok';
    },
  },
  meanwhile: {
    title: 'Others mark, move and delete while it is scanned',
    imapOnly: true as const,
    async run(stand: Stand) {
      const titles = Array.from({ length: MANY }, (_, index) => `Meanwhile ${index}`);
      const scanner = await stand.scanner([{ actions: action('moveToFolder', { folder: 'Done' }) }]);
      await stand.imap((client) => client.mailboxCreate(`${stand.server.prefix ?? ''}Elsewhere`));
      await stand.arrive(
        ...titles.map((subject, index) => stand.mail({ subject, from: `m${index}@customer.test`, text: 'Long. '.repeat(2_000) })),
      );
      const scanned = stand.run(scanner);
      await until(async () => (await stand.tickets(titles[0]!)).length > 0, 60_000, 'No first ticket');
      const touched = await stand.imap(async (client) => {
        await client.mailboxOpen('INBOX');
        const uids = (await client.search({ all: true }, { uid: true })) || [];
        const [moved, deleted, read] = [0, 1, 2].map((rest) => uids.filter((_, index) => index % 5 === rest));
        if (read!.length > 0) await client.messageFlagsAdd(read!, ['\\Seen'], { uid: true });
        if (moved!.length > 0) await client.messageMove(moved!, `${stand.server.prefix ?? ''}Elsewhere`, { uid: true });
        if (deleted!.length > 0) await client.messageDelete(deleted!, { uid: true });
        return moved!.length + deleted!.length;
      });
      const { error, failed } = await scanned;
      const second = await stand.scan(scanner);
      const counts = await ticketsOf(stand, titles);
      same(counts.filter((count) => count > 1).length, 0, 'twice');
      const missing = counts.filter((count) => count === 0).length;
      expect(missing <= touched, `${missing} have no ticket, ${touched} were taken away`);
      const left = (await stand.messages('INBOX')).filter(({ flags }) => !flags.includes('\\Deleted'));
      // What somebody marked as read before it was listed is left to them.
      return `ok, ${touched} taken away, ${missing} of them before they were read, ${left.length} left in the INBOX${
        error ? `, ${error.code}` : ''
      }${failed.length > 0 ? `, ${failed.length} failed: ${failed[0]!.reason}` : ''}; then ${second.scanned}`;
    },
  },
  renamed: {
    title: 'A folder of a rule is renamed',
    imapOnly: true as const,
    async run(stand: Stand) {
      const { prefix = '' } = stand.server;
      await stand.imap((client) => client.mailboxCreate(`${prefix}Requests`));
      const scanner = await stand.scanner([{ folders: ['Requests'] }, { folders: ['INBOX'] }]);
      await stand.put(`${prefix}Requests`, stand.mail({ subject: 'Renamed' }));
      await stand.scan(scanner);
      await stand.imap((client) => client.mailboxRename(`${prefix}Requests`, `${prefix}Others`));
      await stand.arrive(stand.mail({ subject: 'Beside it' }));
      const { error } = await stand.run(scanner);
      expect(error?.code === 'folderMissing', `it said ${JSON.stringify(error)}`);
      await stand.ticket('Beside it');
      await stand.imap((client) => client.mailboxRename(`${prefix}Others`, `${prefix}Requests`));
      await stand.put(`${prefix}Requests`, stand.mail({ subject: 'Back again' }));
      await stand.scan(scanner);
      await stand.ticket('Back again');
      same((await ticketsOf(stand, ['Renamed']))[0], 1, 'tickets of before');
      return 'ok, told';
    },
  },
  arriving: {
    title: 'Emails arrive while it is scanned',
    async run(stand: Stand) {
      const scanner = await stand.scanner();
      const titles = Array.from({ length: 60 }, (_, index) => `Arriving ${index}`);
      const each = titles.map((subject, index) => stand.mail({ subject, from: `a${index}@customer.test`, text: 'Long. '.repeat(2_000) }));
      await stand.arrive(...each.slice(0, 30));
      const scanned = stand.run(scanner);
      for (let from = 30; from < 60; from += 10) await stand.arrive(...each.slice(from, from + 10));
      const { error } = await scanned;
      await stand.scan(scanner);
      same((await ticketsOf(stand, titles)).filter((count) => count !== 1).length, 0, 'not once');
      return error ? `ok, ${error.code} at first` : 'ok';
    },
  },
  quota: {
    title: 'The mailbox is full',
    imapOnly: true as const,
    async run(stand: Stand) {
      const { fill } = stand.server;
      if (!fill) return 'no quota here';
      await stand.imap((client) => client.mailboxCreate(`${stand.server.prefix ?? ''}Full`));
      const scanner = await stand.scanner([{ actions: action('moveToFolder', { folder: 'Full' }) }]);
      await stand.arrive(stand.mail({ subject: 'Full', text: 'Long. '.repeat(3_000) }));
      await fill(stand.user, true);
      const { error, openEffects } = await stand.run(scanner);
      await stand.ticket('Full');
      const there = (await stand.messages('INBOX')).length + (await stand.messages(`${stand.server.prefix ?? ''}Full`)).length;
      same(there, 1, 'emails in both folders');
      await fill(stand.user, false);
      await stand.scan(scanner);
      same((await stand.messages(`${stand.server.prefix ?? ''}Full`)).length, 1, 'moved once there is room');
      same((await ticketsOf(stand, ['Full']))[0], 1, 'tickets');
      return openEffects > 0 ? `ok, tried again${error ? ` (${error.code})` : ''}` : 'ok, moved all the same';
    },
  },
};
