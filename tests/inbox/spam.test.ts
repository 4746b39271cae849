import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TABLES } from '../../server/services/storage/tables';
import { measureTimes } from '../../server/services/times/measure';
import { startDesk, type Desk } from '../support/desk';
import { hasDovecot, startDovecot } from '../support/dovecot';
import { eventually, mail } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailbox } from '../support/mail-server';
import { GRAPH } from '../support/mailboxes';

/** Tickets that are closed as spam, the block list, and what becomes of a blocked sender's mail. */

const TICKET = 'plugin::mail-scanner.ticket';
const DELIVERY = 'plugin::mail-scanner.delivery';
const JUNK = 'namespace inbox {\n  mailbox Spamverdacht {\n    special_use=\\Junk\n    auto=subscribe\n  }\n}';

const KINDS = [
  {
    name: 'IMAP',
    start: (): Promise<TestMailbox> => (hasDovecot() ? startDovecot({ config: JUNK }) : startHoodiecrow()),
    junk: 'Spamverdacht',
  },
  { ...GRAPH, junk: 'Junk-E-Mail' },
];

describe.each(KINDS)('spam ($name)', ({ name, start, junk }) => {
  let desk: Desk<TestMailbox>;

  beforeAll(async () => {
    desk = await startDesk(start);
  });

  afterAll(() => desk?.stop());

  const api = (method: string, path: string, body?: unknown): Promise<any> => desk.app.api(method, path, body);
  const answer = (method: string, path: string, body?: unknown) => desk.app.request(method, path, body);
  const list = (search = '') => api('GET', `/block-list?search=${encodeURIComponent(search)}`);
  const targets = async () => (await list()).map(({ target }: any) => target).sort();
  const ticketOf = (email: string): Promise<any> =>
    desk.app.strapi.db
      .query(TICKET)
      .findOne({ where: { contact: { email } }, orderBy: { id: 'desc' }, populate: { helpdeskStatus: true } });
  const from = (address: string, subject: string, headers: Record<string, string> = {}) =>
    mail({ from: `Shop <${address}>`, subject, headers });
  const logged = async (subject: string): Promise<any> =>
    (await api('GET', `/messages?search=${encodeURIComponent(subject)}`)).find((row: any) => row.subject === subject);
  const mark = (ids: string[], isSpam: boolean, more: object = {}) => api('PUT', '/tickets/spam', { ids, isSpam, ...more });
  const opens = async (address: string, subject: string): Promise<any> => {
    await desk.arrives(from(address, subject));
    return ticketOf(address);
  };

  beforeEach(async () => {
    for (const { id } of await list()) await api('DELETE', `/block-list/${id}`);
  });

  describe('a ticket that is spam', () => {
    test('is closed without an email, its sender is blocked, and what waits for it is withdrawn', async () => {
      await api('PUT', '/email-templates/ticket-closed', { active: true });
      const ticket = await opens('offers@cheap.test', 'Cheap shoes');
      const later = new Date(Date.now() + 3_600_000).toISOString();
      await api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Do you need help?', isPublic: true, sendAt: later });
      const before = desk.sink.mails.length;

      expect(await mark([ticket.documentId], true)).toEqual({
        tickets: [ticket.documentId],
        targets: ['offers@cheap.test'],
        spared: [],
        withdrawn: 1,
        onTheirWay: 0,
      });
      expect(await ticketOf('offers@cheap.test')).toMatchObject({ ticketStatus: 'Closed', isSpam: true });
      const deliveries = await desk.app.strapi.db.query(DELIVERY).findMany({ where: { ticket: { id: ticket.id } } });
      expect(deliveries.map(({ state }) => state)).toEqual(['cancelled']);
      expect(await targets()).toEqual(['offers@cheap.test']);
      // Another ticket that is closed tells its customer, so the email is on.
      const other = await opens('nadia@mill.test', 'Belt');
      await api('PUT', `/tickets/${other.documentId}`, { ticketStatus: 'Closed' });
      await desk.app.strapi.db.query(DELIVERY).updateMany({ where: { state: 'queued' }, data: { nextAttemptAt: new Date() } as never });
      await desk.app.strapi.plugin('mail-scanner').service('outbox').deliver();
      expect(desk.sink.mails.slice(before).map(({ to }) => to)).toEqual([['nadia@mill.test']]);
      await api('PUT', '/email-templates/ticket-closed', { active: false });
      expect((await api('GET', '/tickets?spam=true')).map(({ documentId }: any) => documentId)).toEqual([ticket.documentId]);
      const kinds = (await api('GET', `/tickets/${ticket.documentId}/activities`)).map(({ kind }: any) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['spam', 'status']));
      expect(JSON.stringify(await api('GET', `/tickets/${ticket.documentId}`))).not.toContain('beforeSpam');
    });

    test('is as it was once that is taken back, and its sender writes again', async () => {
      const status = await api('POST', '/ticket-statuses', { name: 'At the workshop', colour: 'blue', kind: 'In Progress' });
      const ticket = await opens('vera@mill.test', 'Motor');
      await api('PUT', `/tickets/${ticket.documentId}`, { helpdeskStatus: status.documentId });
      await mark([ticket.documentId], true);
      expect(await mark([ticket.documentId], false)).toMatchObject({ tickets: [ticket.documentId], targets: ['vera@mill.test'] });
      expect(await ticketOf('vera@mill.test')).toMatchObject({
        ticketStatus: 'In Progress',
        helpdeskStatus: { name: 'At the workshop' },
        isSpam: false,
        beforeSpam: null,
      });
      expect(await desk.arrives(from('vera@mill.test', 'Motor, again'))).toEqual({ processed: 1 });
    });

    test('undone, leaves the block list as it was before', async () => {
      await api('POST', '/block-list', { targets: ['zoe@mill.test'] });
      const [first] = await list();
      await api('DELETE', `/block-list/${first.id}`);
      const ticket = await opens('zoe@mill.test', 'Wheel');
      await api('POST', '/block-list', { targets: ['zoe@mill.test'] });
      const { targets: added } = await mark([ticket.documentId], true);
      expect(added).toEqual([]);
      await mark([ticket.documentId], false, { unblocks: added });
      expect(await targets()).toEqual(['zoe@mill.test']);
      expect(await ticketOf('zoe@mill.test')).toMatchObject({ ticketStatus: 'Open', isSpam: false });
    });

    test('is none any more as soon as somebody opens it, by whatever door', async () => {
      const [byHand, byMail] = [await opens('ida@mill.test', 'Cog'), await opens('ole@mill.test', 'Rope')];
      await mark([byHand.documentId, byMail.documentId], true);
      await api('PUT', `/tickets/${byHand.documentId}`, { ticketStatus: 'In Progress' });
      expect(await ticketOf('ida@mill.test')).toMatchObject({ ticketStatus: 'In Progress', isSpam: false, beforeSpam: null });
      for (const { id } of await list()) await api('DELETE', `/block-list/${id}`);
      await desk.arrives(from('ole@mill.test', `Re: Rope [${byMail.ticketNumber}]`));
      expect(await ticketOf('ole@mill.test')).toMatchObject({ ticketStatus: 'Open', isSpam: false });
    });

    test('counts as no solved ticket in a report', async () => {
      const resolved = async () => {
        const { strapi } = desk.app;
        await measureTimes(strapi);
        return (await strapi.db.connection('mail_scanner_rounds').whereNotNull('resolved_at').select('ticket_id')).map((row: any) =>
          Number(row.ticket_id),
        );
      };
      const [spam, solved] = [await opens('ads@cheap.test', 'Watches'), await opens('tom@mill.test', 'Lamp')];
      await mark([spam.documentId], true);
      await api('PUT', `/tickets/${solved.documentId}`, { ticketStatus: 'Closed' });
      const ids = await resolved();
      expect(ids).toContain(solved.id);
      expect(ids).not.toContain(spam.id);
    });

    test('spares the addresses of the helpdesk and of administrators, and names a ticket that is not there', async () => {
      const ticket = await desk.app.strapi.documents(TICKET).create({ data: { title: 'By hand' } as never });
      const contact = await api('POST', '/contacts', { email: 'admin@example.com' });
      await api('PUT', `/tickets/${ticket.documentId}`, { contactEmail: contact.email });
      expect(await mark([ticket.documentId], true)).toMatchObject({
        tickets: [ticket.documentId],
        targets: [],
        spared: ['admin@example.com'],
      });
      expect(await targets()).toEqual([]);
      const { status } = await answer('PUT', '/tickets/spam', { ids: [ticket.documentId, 'nowhere'], isSpam: false });
      expect(status).toBe(404);
      expect((await desk.app.strapi.db.query(TICKET).findOne({ where: { id: Number(ticket.id) } })).isSpam).toBe(true);
    });

    test('all of a list are marked in the background, by two people at once, too', async () => {
      const senders = ['a', 'b', 'c'].map((name) => `${name}@flood.test`);
      await desk.arrives(...senders.map((address) => from(address, 'Flood of offers')));
      const filter = { view: 'all', search: 'Flood of offers' };
      const works = await Promise.all([1, 2].map(() => api('PUT', '/tickets/spam', { filter, isSpam: true })));
      for (const { id } of works)
        expect(await eventually(async () => (await api('GET', `/work/${id}`)).endedAt && api('GET', `/work/${id}`), 30_000)).toMatchObject({
          state: 'done',
          tickets: { failed: 0 },
        });
      expect(await desk.app.strapi.db.query(TICKET).count({ where: { title: 'Flood of offers', isSpam: true } })).toBe(3);
      expect(await targets()).toEqual(senders);
    });

    test('all of a list are taken back by who marked them: what is spam still, and the blocks that came with it', async () => {
      const senders = ['d', 'e', 'f'].map((name) => `${name}@flood.test`);
      await desk.arrives(...senders.map((address) => from(address, 'Storm of offers')));
      await api('POST', '/block-list', { targets: ['d@flood.test'] });
      const [{ documentId: alone }] = await api('GET', '/tickets?view=all&search=f@flood.test');
      await mark([alone], true);
      await api('DELETE', `/block-list/${(await list('f@flood.test'))[0].id}`);
      const ended = ({ id }: any) =>
        eventually(async () => {
          const work = await api('GET', `/work/${id}`);
          return work.endedAt && work;
        }, 30_000);
      const work = await ended(await api('PUT', '/tickets/spam', { filter: { view: 'all', search: 'Storm of offers' }, isSpam: true }));
      expect(work).toMatchObject({ tickets: { changed: 2 }, spam: { blocked: 2, withdrawn: 0, onTheirWay: 0, spared: [] } });
      expect(await targets()).toEqual(senders);
      // Somebody has decided about one of them since.
      await api('PUT', `/tickets/${(await ticketOf('e@flood.test')).documentId}`, { ticketStatus: 'Wait For Response' });

      const works = () => desk.app.strapi.db.getConnection(TABLES.work).where({ id: work.id });
      const [{ started_by: me }] = await works().select('started_by');
      const takeBack = async (body: object) => (await answer('PUT', '/tickets/spam', body)).status;
      await works().update({ started_by: me + 1 });
      expect(await takeBack({ work: work.id, isSpam: false })).toBe(404);
      await works().update({ started_by: me });
      expect(await takeBack({ work: 'gone', isSpam: false })).toBe(404);
      expect(await takeBack({ work: work.id, isSpam: true })).toBe(400);
      const back = await ended(await api('PUT', '/tickets/spam', { work: work.id, isSpam: false }));
      expect(back).toMatchObject({ tickets: { changed: 1 }, spam: null });
      expect(await ticketOf('d@flood.test')).toMatchObject({ ticketStatus: 'Open', isSpam: false });
      expect(await ticketOf('e@flood.test')).toMatchObject({ ticketStatus: 'Wait For Response', isSpam: false });
      expect(await ticketOf('f@flood.test')).toMatchObject({ ticketStatus: 'Closed', isSpam: true });
      // What was there before stays, and so does the sender of what was decided about otherwise.
      expect(await targets()).toEqual(['d@flood.test', 'e@flood.test', 'f@flood.test']);
    });
  });

  describe('the mail of a blocked sender', () => {
    test('makes no ticket and no contact, by its address, its domain or one above that, and is counted', async () => {
      await api('POST', '/block-list', { targets: ['pest@fair.test', '@Cheap.example', 'more.example'], note: 'Advertising' });
      const tickets = await desk.app.strapi.db.query(TICKET).count();
      expect(
        await desk.arrives(
          from('pest@fair.test', 'One'),
          from('x@cheap.example', 'Two'),
          from('y@news.more.example', 'Three'),
          from('pest+1@fair.test', 'Fine'),
          from('z@notmore.example', 'Fine, too'),
        ),
      ).toEqual({ blocked: 3, processed: 2 });
      expect(await desk.app.strapi.db.query(TICKET).count()).toBe(tickets + 2);
      expect(await desk.app.strapi.db.query('plugin::mail-scanner.contact').count({ where: { email: 'pest@fair.test' } })).toBe(0);
      expect(await logged('Three')).toMatchObject({
        outcome: 'blocked',
        reason: 'The sender is on the block list (@more.example).',
        reasonSaid: [{ code: 'block.caught', values: { target: '@more.example' } }],
        ticket: null,
      });
      const found = await list('cheap');
      expect(found).toEqual([
        {
          id: expect.any(Number),
          target: '@cheap.example',
          note: 'Advertising',
          addedBy: expect.any(String),
          addedAt: expect.any(String),
          caught: 1,
          lastCaughtAt: expect.any(String),
        },
      ]);
      expect(Date.now() - Date.parse(found[0].lastCaughtAt)).toBeLessThan(600_000);
      expect((await list('advert')).length).toBe(3);
      expect((await list('100%')).length).toBe(0);
      const messages = await desk.server.messages('INBOX');
      expect(messages.every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
    });

    test('is blocked as an answer to a ticket of ours, and where a colleague forwards it', async () => {
      const ticket = await opens('kim@fair.test', 'Saw');
      await api('POST', '/block-list', { targets: ['kim@fair.test'] });
      expect(await desk.arrives(from('kim@fair.test', `Re: Saw [${ticket.ticketNumber}]`))).toEqual({ blocked: 1 });
      await api('PUT', '/settings', { staffDomains: ['staff.test'] });
      const forwarded = mail({
        from: 'Colleague <me@staff.test>',
        subject: 'Fwd: Saw',
        text: '---------- Forwarded message ---------\nFrom: Kim <kim@fair.test>\nDate: Thu, 1 Jan 2026 at 10:00\nSubject: Saw\nTo: <me@staff.test>\n\nBuy now.',
      });
      expect(await desk.arrives(forwarded)).toEqual({ blocked: 1 });
      await api('PUT', '/settings', { staffDomains: [] });
      expect(await desk.app.strapi.db.query('plugin::mail-scanner.comment').count({ where: { ticket: { id: ticket.id } } })).toBe(1);
    });

    test('is decided about once more when that entry is gone, and that alone', async () => {
      await api('POST', '/block-list', { targets: ['@late.example', 'other@fair.test'] });
      await desk.arrives(from('ann@late.example', 'Late one'), from('other@fair.test', 'Still blocked'));
      const { id } = (await list('late'))[0];
      await api('DELETE', `/block-list/${id}`);
      expect((await answer('DELETE', `/block-list/${id}`)).status).toBe(404);
      expect(await api('POST', `/block-list/${id}/decide-again`)).toEqual({ tried: 1, succeeded: 1, failed: [] });
      expect((await ticketOf('ann@late.example')).title).toBe('Late one');
      expect((await logged('Still blocked')).outcome).toBe('blocked');
      expect(await api('POST', `/block-list/${id}/decide-again`)).toEqual({ tried: 0, succeeded: 0, failed: [] });
    });

    test('is shown as blocked by a preview', async () => {
      await api('POST', '/block-list', { targets: ['pre@fair.test'] });
      const [would] = await api('POST', `/scanners/${desk.scanner.documentId}/preview`, { source: from('pre@fair.test', 'Preview') });
      expect(would).toMatchObject({ outcome: 'blocked', ticket: null });
    });

    test('that one of us wrote to them, is not: it is ours', async () => {
      const ticket = await opens('lia@fair.test', 'Axe');
      await api('POST', '/block-list', { targets: ['lia@fair.test'] });
      const ours = mail({ from: 'support@example.com', to: 'lia@fair.test', subject: `Re: Axe [${ticket.ticketNumber}]` });
      expect(await desk.arrives(ours)).toEqual({ processed: 1 });
    });

    test.skipIf(name === 'IMAP' && !hasDovecot())(
      'goes to the Junk folder of its mailbox where that is switched on, whatever that folder is called',
      async () => {
        await api('POST', '/block-list', { targets: ['junk@fair.test'] });
        expect((await answer('PUT', '/block-list', { toJunk: true })).body.data).toEqual({ toJunk: true });
        expect((await answer('GET', '/block-list')).body.meta).toMatchObject({ toJunk: true, pagination: { total: 1 } });
        await desk.arrives(from('junk@fair.test', 'To junk'), from('eva@mill.test', 'Stays'));
        const subjects = async (folder: string) =>
          (await desk.server.messages(folder)).map(({ source }) => /^Subject: (.*?)\r?$/m.exec(source)![1]);
        expect(await subjects(junk)).toEqual(['To junk']);
        expect(await subjects('INBOX')).toEqual(expect.arrayContaining(['Stays']));
        expect(await subjects('INBOX')).not.toContain('To junk');
        expect(await logged('To junk')).toMatchObject({ outcome: 'blocked', effectsOpen: false });
        await api('PUT', '/block-list', { toJunk: false });
      },
    );
  });

  describe('the block list', () => {
    test.each([
      ['support@example.com', /read or sent from here/],
      ['@example.com', /read or sent from here/],
      ['admin@example.com', /administrator/],
      ['@gmail.com', /Anybody may have an address at gmail\.com/],
      ['@com', /no domain of one sender/],
      ['@co.uk', /no domain of one sender/],
      ['@', /neither an address nor a domain/],
      ['Jane Doe', /neither an address nor a domain/],
    ])('refuses %s in words', async (target, words) => {
      const { status, body } = await answer('POST', '/block-list', { targets: ['fine@fair.test', target] });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(words);
      expect(await targets()).toEqual([]);
    });

    test('takes many lines, each once, and an address at a public domain', async () => {
      const { added } = await api('POST', '/block-list', {
        targets: ['One@fair.test ', 'one@fair.test', '', 'x@gmail.com', '*@pest.example'],
      });
      expect(added.sort()).toEqual(['@pest.example', 'one@fair.test', 'x@gmail.com']);
      expect(await api('POST', '/block-list', { targets: ['one@fair.test', 'two@fair.test'] })).toEqual({ added: ['two@fair.test'] });
      expect((await answer('POST', '/block-list', { targets: [' '] })).status).toBe(400);
    });

    test('takes a line that is pasted with quotation marks or invisible characters as what it blocks', async () => {
      const { added } = await api('POST', '/block-list', {
        targets: ['“one@fair.test”', 'two\u200b@fair.test', '„@pest.example“', '<four@fair.test>,'],
      });
      expect(added.sort()).toEqual(['@pest.example', 'four@fair.test', 'one@fair.test', 'two@fair.test']);
    });

    test('is named where somebody writes to one of them, and in the data of a contact, with whose erasure it goes unless it is kept', async () => {
      for (const [name, keeps] of [
        ['gone', false],
        ['kept', true],
      ] as const) {
        const address = `${name}@erase.test`;
        const ticket = await opens(address, `Of ${name}`);
        await api('POST', '/block-list', { targets: [address] });
        const people = await api('GET', `/tickets/${ticket.documentId}/people?search=${address}`);
        expect(people).toEqual([{ address, name: expect.any(String), isBlocked: true }]);
        const { documentId } = await desk.app.strapi.db.query('plugin::mail-scanner.contact').findOne({ where: { email: address } });
        expect((await api('GET', `/contacts/${documentId}/erasure`)).blocked).toEqual([address]);
        await api('DELETE', `/contacts/${documentId}${keeps ? '?keepBlocked=true' : ''}`);
      }
      expect(await targets()).toEqual(['kept@erase.test']);
    });
  });
});
