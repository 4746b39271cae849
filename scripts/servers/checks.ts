import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { connectMailbox } from '../../server/services/mailbox/connect';
import { watchFolder } from '../../server/services/mailbox/idle';
import { CREATE_TICKET } from '../../tests/support/helpdesk';
import { expect, same, until, type Stand } from './stand';
import { trouble } from './trouble';

/** What the main job asks of a server. Each check has a mailbox of its own, gives what it saw in a word or two, and throws what is wrong. */
interface Check {
  title: string;
  /** Makes no sense with POP3, which has no folders and no flags. */
  imapOnly?: true;
  run(stand: Stand): Promise<string>;
}

const DONE = 'ok';
const action = (type: string, config: object = {}) => [...CREATE_TICKET, { type, config }];
/** Seconds that a server has to tell of an email. Some look once a minute. */
const LONGEST_NEWS = 75;
const LARGE_BYTES = 5 * 1024 * 1024;
const BACKLOG = 120;
const NON_ASCII = 'Größe & Maß 日本';

const checks = {
  connection: {
    title: 'Connection test',
    async run(stand) {
      const scanner = await stand.scanner();
      const test = await stand.app.api('POST', `/scanners/${scanner.documentId}/test`, {});
      expect(test.ok, test.message);
      expect(
        test.folders.some(({ path }: { path: string }) => path === 'INBOX'),
        'it lists no INBOX',
      );
      return test.slowNews ? 'ok, says that it tells late of new email' : DONE;
    },
  },
  folders: {
    title: 'Folder list',
    imapOnly: true,
    async run(stand) {
      const { prefix = '' } = stand.server;
      const paths = [`${prefix}Desk`, ...((await stand.server.share?.(stand)) ?? [])];
      await stand.imap((client) => client.mailboxCreate(paths[0]!));
      const { documentId } = await stand.scanner();
      const listed = (await stand.app.api('GET', `/scanners/${documentId}/folders`)).map(({ path }: { path: string }) => path);
      for (const path of paths) expect(listed.includes(path), `"${path}" is not among ${listed.join(', ')}`);
      return paths.length > 1 ? `ok, with ${paths.slice(1).join(', ')}` : DONE;
    },
  },
  activation: {
    title: 'Begins at its activation',
    async run(stand) {
      await stand.arrive(stand.mail({ subject: 'Before' }));
      // Dates of mailboxes have whole seconds.
      await sleep(2_000);
      const scanner = await stand.scanner();
      await stand.arrive(stand.mail({ subject: 'After' }));
      await stand.scan(scanner);
      same([(await stand.tickets('Before')).length, (await stand.tickets('After')).length], [0, 1], 'tickets of before and after');
      return DONE;
    },
  },
  ticket: {
    title: 'Email → ticket, once',
    async run(stand) {
      const scanner = await stand.scanner();
      await stand.arrive(
        stand.mail({ subject: 'First', from: '=?utf-8?q?J=C3=B6rg?= <joerg@customer.test>' }),
        stand.mail({ subject: 'Second' }),
      );
      same((await stand.scan(scanner)).scanned, 2, 'scanned');
      same((await stand.ticket('First')).contact.email, 'joerg@customer.test', 'contact');
      same((await stand.scan(scanner)).byOutcome.processed ?? 0, 0, 'taken again');
      same((await stand.tickets('Second')).length, 1, 'tickets');
      return DONE;
    },
  },
  read: {
    title: 'Marked read',
    imapOnly: true,
    async run(stand) {
      const scanner = await stand.scanner();
      await stand.arrive(stand.mail({ subject: 'Read' }));
      await stand.scan(scanner);
      same(
        (await stand.messages('INBOX')).map(({ flags }) => flags.includes('\\Seen')),
        [true],
        'marked as read',
      );
      await stand.imap(async (client) => {
        await client.mailboxOpen('INBOX');
        await client.messageFlagsRemove('1:*', ['\\Seen']);
      });
      await stand.scan(scanner);
      same((await stand.tickets('Read')).length, 1, 'tickets, after somebody marked it as unread');
      return DONE;
    },
  },
  move: {
    title: 'Moved to a new folder',
    imapOnly: true,
    async run(stand) {
      const scanner = await stand.scanner([{ actions: action('moveToFolder', { folder: 'Done' }) }]);
      await stand.arrive(stand.mail({ subject: 'Move' }), stand.mail({ subject: 'Move, too' }));
      await stand.scan(scanner);
      same((await stand.messages(`${stand.server.prefix ?? ''}Done`)).length, 2, 'in the folder');
      const left = (await stand.messages('INBOX')).filter(({ flags }) => !flags.includes('\\Deleted'));
      same(left.length, 0, 'in the INBOX');
      return (await stand.messages('INBOX')).length > 0 ? 'ok, the old copy stays, marked as deleted' : DONE;
    },
  },
  delete: {
    title: 'Deleted',
    async run(stand) {
      const scanner = await stand.scanner([{ actions: action('deleteMessage') }]);
      await stand.arrive(stand.mail({ subject: 'Delete' }), stand.mail({ subject: 'Delete, too' }));
      await stand.scan(scanner);
      await stand.ticket('Delete');
      if (stand.server.protocol === 'pop3') {
        same(await listedByPop3(stand), 0, 'still there');
        return DONE;
      }
      const left = await stand.messages('INBOX');
      same(left.filter(({ flags }) => !flags.includes('\\Deleted')).length, 0, 'still there');
      return left.length > 0 ? 'ok, stays, marked as deleted' : DONE;
    },
  },
  answer: {
    title: 'An answer joins by number',
    async run(stand) {
      const scanner = await stand.scanner();
      await stand.arrive(stand.mail({ subject: 'Question' }));
      await stand.scan(scanner);
      const { ticketNumber } = await stand.ticket('Question');
      await stand.arrive(stand.mail({ subject: `Re: Question [${ticketNumber}]`, text: 'And in addition.' }));
      await stand.scan(scanner);
      same((await stand.ticket('Question')).comments.length, 2, 'comments');
      return DONE;
    },
  },
  names: {
    title: 'Rule folder with and without prefix',
    imapOnly: true,
    async run(stand) {
      const { prefix = '' } = stand.server;
      const names = ['One', 'Two'];
      for (const name of names) await stand.imap((client) => client.mailboxCreate(`${prefix}${name}`));
      const scanner = await stand.scanner([{ folders: ['One'] }, { folders: [`${prefix}Two`] }]);
      for (const name of names)
        await stand.imap((client) => client.append(`${prefix}${name}`, Buffer.from(stand.mail({ subject: name })), [], new Date()));
      same((await stand.scan(scanner)).byOutcome, { processed: 2 }, 'outcomes');
      return prefix ? DONE : 'ok (none)';
    },
  },
  nonAscii: {
    title: 'Folder name beyond ASCII',
    imapOnly: true,
    async run(stand) {
      const scanner = await stand.scanner([{ folders: ['INBOX'], actions: action('moveToFolder', { folder: NON_ASCII }) }]);
      await stand.arrive(stand.mail({ subject: 'There' }));
      await stand.scan(scanner);
      const back = await stand.scanner([{ folders: [NON_ASCII], actions: action('moveToFolder', { folder: 'Back' }) }], {
        scanType: 'sinceLastScan',
      });
      await stand.imap((client) => client.append(`${stand.server.prefix ?? ''}${NON_ASCII}`, Buffer.from(stand.mail({ subject: 'Back' }))));
      await stand.scan(back);
      await stand.ticket('Back');
      same((await stand.messages(`${stand.server.prefix ?? ''}Back`)).length > 0, true, 'moved back');
      return DONE;
    },
  },
  shared: {
    title: 'Shared and other users’ folders',
    imapOnly: true,
    async run(stand) {
      const folders = await stand.server.share?.(stand);
      if (!folders) return 'none here';
      for (const [index, folder] of folders.entries()) {
        const scanner = await stand.scanner([{ folders: [folder], actions: action('moveToFolder', { folder }) }]);
        await stand.imap((client) => client.append(folder, Buffer.from(stand.mail({ subject: `Shared ${index}` }))));
        await stand.scan(scanner);
        await stand.ticket(`Shared ${index}`);
        const moving = await stand.scanner([{ folders: ['INBOX'], actions: action('moveToFolder', { folder }) }]);
        await stand.put('INBOX', stand.mail({ subject: `Into ${index}` }));
        await stand.scan(moving);
        same((await stand.messages(folder)).length, 2, `emails in ${folder}`);
      }
      return `ok: ${folders.join(', ')}`;
    },
  },
  noId: {
    title: 'Emails without Message-ID, alike but for the text',
    async run(stand) {
      const bare = (text: string): string => stand.mail({ subject: 'Scan', text }).replace(/^(Message-ID|Date): .*\r\n/gm, '');
      const scanner = await stand.scanner();
      await stand.arrive(bare('Page 1.'), bare('Page 2.'));
      await stand.scan(scanner);
      await stand.scan(scanner);
      const tickets = await stand.tickets('Scan');
      const comments = await Promise.all(tickets.map(({ documentId }) => stand.app.api('GET', `/tickets/${documentId}`)));
      same(
        comments.reduce((sum, { comments: each }) => sum + each.length, 0),
        2,
        'comments',
      );
      return DONE;
    },
  },
  large: {
    title: 'Email of 5 MB',
    async run(stand) {
      const bytes = Buffer.alloc(LARGE_BYTES, 'All that we have measured. ').toString('base64').replace(/.{76}/g, '$&\r\n');
      const scanner = await stand.scanner();
      await stand.arrive(
        stand.mail({
          subject: 'Large',
          headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
          text: `--b\nContent-Type: text/plain\n\nSee the file.\n--b\nContent-Type: application/octet-stream; name=log.bin\nContent-Transfer-Encoding: base64\n\n${bytes}\n--b--`,
        }),
      );
      await stand.scan(scanner);
      const { comments, attachments = [] } = await stand.ticket('Large');
      const files = [...attachments, ...comments.flatMap((comment: any) => comment.attachments)];
      same(
        files.map(({ size }: { size: number }) => size),
        [LARGE_BYTES],
        'sizes of files',
      );
      return DONE;
    },
  },
  utf8: {
    title: 'Headers in raw UTF-8',
    async run(stand) {
      const scanner = await stand.scanner();
      await stand.arrive(stand.mail({ subject: 'Prüfgerät läuft', from: 'Zoë Müller <zoe@customer.test>', text: 'Schöne Grüße.' }));
      await stand.scan(scanner);
      if (
        (await stand.tickets('Prüfgerät läuft')).length === 0 &&
        ((await stand.tickets('PrXXfgerXXt lXXuft')).length === 1 || (await isReplacedByServer(stand, 'Prüfgerät')))
      )
        return 'X for each such byte, by the server itself';
      const { description, contact } = await stand.ticket('Prüfgerät läuft');
      same([description?.trim(), contact.email], ['Schöne Grüße.', 'zoe@customer.test'], 'text and sender');
      return DONE;
    },
  },
  since: {
    title: 'All since the last scan, read or not',
    async run(stand) {
      await stand.arrive(stand.mail({ subject: 'Old' }));
      await sleep(2_000);
      const scanner = await stand.scanner([{}], { scanType: 'sinceLastScan' });
      for (const title of ['New', 'Newer']) {
        await stand.arrive(stand.mail({ subject: title }));
        if (stand.server.protocol === 'imap') await readAll(stand);
        await stand.scan(scanner);
        await stand.ticket(title);
      }
      same((await stand.tickets('Old')).length, 0, 'tickets of before');
      same((await stand.scan(scanner)).scanned, 0, 'scanned again');
      return DONE;
    },
  },
  several: {
    title: 'Three scanners on one mailbox',
    async run(stand) {
      const folders = stand.server.protocol === 'imap' ? ['INBOX', 'A', 'B', 'C', 'D'] : ['INBOX'];
      for (const name of folders.slice(1)) await stand.imap((client) => client.mailboxCreate(`${stand.server.prefix ?? ''}${name}`));
      const scanners = [];
      for (let index = 0; index < 3; index += 1) {
        const condition = { field: 'subject', operator: 'contains', value: `to ${index}` };
        const rule = { folders, conditions: { combinator: 'and', rules: [condition] } };
        scanners.push(await stand.scanner([rule], { listen: true, scanType: 'sinceLastScan' }));
      }
      await sleep(3_000);
      await stand.arrive(...[0, 1, 2].map((index) => stand.mail({ subject: `Mail to ${index}` })));
      // Who holds the mailbox for itself lets the others wait for their next scan.
      const runs = await Promise.all(scanners.map((scanner) => stand.run(scanner)));
      const codes = runs.flatMap(({ error }) => (error ? [error.code] : []));
      expect(
        codes.every((code) => code === 'unavailable'),
        `scans said ${JSON.stringify(runs)}`,
      );
      for (const scanner of scanners) await stand.scan(scanner);
      for (const index of [0, 1, 2]) await stand.ticket(`Mail to ${index}`);
      for (const { documentId } of scanners) await stand.app.api('PUT', `/scanners/${documentId}`, { active: false });
      return codes.length > 0 ? 'ok, one after the other (locked)' : DONE;
    },
  },
  recovery: {
    title: 'Killed in the middle of a scan',
    async run(stand) {
      const titles = Array.from({ length: BACKLOG }, (_, index) => `Case ${index}`);
      const scanner = await stand.scanner([
        { actions: stand.server.protocol === 'imap' ? action('moveToFolder', { folder: 'Done' }) : CREATE_TICKET },
      ]);
      await stand.arrive(
        ...titles.map((subject) =>
          stand.mail({ subject, from: `${subject.replace(' ', '-')}@customer.test`, text: 'Long. '.repeat(3_000) }),
        ),
      );
      const scanned = stand.run(scanner);
      await until(async () => (await stand.tickets(titles[0]!)).length > 0, 30_000, 'No first ticket');
      await stand.server.kill();
      const { error } = await scanned;
      await stand.server.start();
      await sleep(1_000);
      await stand.scan(scanner);
      await stand.scan(scanner);
      for (const title of titles) same((await stand.tickets(title)).length, 1, `tickets of ${title}`);
      if (stand.server.protocol === 'imap') same((await stand.messages(`${stand.server.prefix ?? ''}Done`)).length, BACKLOG, 'moved');
      return error ? `ok (${error.code})` : 'ok (scan was through)';
    },
  },
  arrival: {
    title: 'Told of an arrival (IDLE)',
    imapOnly: true,
    async run(stand) {
      const heard = await secondsUntilNews(stand);
      const scanner = await stand.scanner([{}], { listen: true, scanEvery: 1 });
      await sleep(5_000);
      const begun = Date.now();
      await stand.arrive(stand.mail({ subject: 'Soon' }));
      await until(async () => (await stand.tickets('Soon')).length === 1, 120_000, 'no ticket');
      const seconds = (Date.now() - begun) / 1000;
      await stand.app.api('PUT', `/scanners/${scanner.documentId}`, { active: false });
      return `${heard === null ? `not within ${LONGEST_NEWS} s` : `${heard.toFixed(1)} s`}; ticket after ${seconds.toFixed(1)} s`;
    },
  },
  limit: {
    title: 'At its limit of connections',
    imapOnly: true,
    async run(stand) {
      const { limit } = stand.server;
      if (!limit) return 'none';
      const scanner = await stand.scanner();
      await stand.arrive(stand.mail({ subject: 'Crowded' }));
      const others: ImapFlow[] = [];
      let told: string | undefined;
      try {
        for (let isRoom = true; isRoom && others.length <= limit;) {
          const client = stand.client();
          others.push(client);
          isRoom = await client.connect().then(
            () => true,
            () => false,
          );
        }
        told = (await stand.run(scanner)).error?.code;
        expect(told === 'throttled' || told === 'connectionLost', `it said ${told}`);
      } finally {
        for (const client of others) client.close();
      }
      await sleep(1_000);
      await stand.scan(scanner);
      await stand.ticket('Crowded');
      return `${told === 'throttled' ? 'told' : 'closed at once'} (${limit}), then read`;
    },
  },
  ...trouble,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
export const checkNames = Object.keys(checks) as CheckName[];
export const checkOf = (name: CheckName): Check => checks[name];

async function listedByPop3(stand: Stand): Promise<number> {
  const mailbox = await connectMailbox(stand.settings());
  return mailbox
    .list({ type: 'unread' })
    .then((refs) => refs.length)
    .finally(() => mailbox.close());
}

/** Whether the server does not even hold the word that it was given. */
const isReplacedByServer = async (stand: Stand, word: string): Promise<boolean> =>
  stand.server.protocol === 'imap' &&
  stand.imap(async (client) => {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const message = await client.fetchOne('*', { source: true });
    return message !== false && !message.source!.toString('utf8').includes(word);
  });

const readAll = (stand: Stand): Promise<unknown> =>
  stand.imap(async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('1:*', ['\\Seen']);
  });

/** How long the server takes to tell of an email to who listens; null when it is longer than we wait. */
async function secondsUntilNews(stand: Stand): Promise<number | null> {
  const ending = new AbortController();
  let news = 0;
  const ended = watchFolder(
    async () => stand.settings(),
    'INBOX',
    () => (news += 1),
    ending.signal,
  );
  await until(async () => news > 0, 20_000, 'It does not listen');
  await sleep(2_000);
  const before = news;
  const begun = Date.now();
  await stand.arrive(stand.mail({ subject: 'News' }));
  const heard = await until(async () => news > before, LONGEST_NEWS * 1000, 'no news').catch(() => false);
  ending.abort();
  await ended;
  return heard ? (Date.now() - begun) / 1000 : null;
}
