import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, mail } from '../support/helpdesk';
import { testUser, type TestMailbox } from '../support/mail-server';
import { MAILBOXES } from '../support/mailboxes';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** Where a scanner begins: what lay there before somebody activated it becomes no ticket unless somebody wants it to. */

let app: TestStrapi;

beforeAll(async () => {
  app = await startStrapi();
});

afterAll(async () => {
  await app?.stop();
  if (app) removeFolder(app.folder);
});

type Scanner = { documentId: string };

const tickets = (title: string) => app.strapi.db.query('plugin::mail-scanner.ticket').count({ where: { title } });
const run = ({ documentId }: Scanner, answer?: 'take' | 'leave') => app.api('POST', `/scanners/${documentId}/run`, { unread: answer });
const leftAlone = (count: number) => ({ count, message: expect.stringContaining(`${count} older unread emails were left alone`) });
const unread = async ({ documentId }: Scanner) => (await app.api('GET', `/scanners/${documentId}/unread`)).count;
const change = ({ documentId }: Scanner, data: object) => app.api('PUT', `/scanners/${documentId}`, data);
const activate = (scanner: Scanner, answer?: 'take' | 'leave') => change(scanner, { active: true, unread: answer });
const old = { date: new Date('2019-05-05T12:00:00Z') };

describe.each(MAILBOXES)('$name', ({ start, away, isLate }) => {
  let server: TestMailbox;

  beforeAll(async () => {
    server = await start();
  });

  afterAll(async () => {
    await server?.stop();
    await app.strapi.db.query('plugin::mail-scanner.ticket').deleteMany({});
  });

  /** A folder with three unread emails of 2019 and a read one, and a scanner for it. */
  async function folderWithOldMail(folder: string, settings: object = {}): Promise<Scanner> {
    await server.createFolder(folder);
    await server.appendAll(
      folder,
      [1, 2, 3].map(() => mail({ subject: `Old in ${folder}` })),
      old,
    );
    await server.append(folder, mail({ subject: `Old in ${folder}` }), { ...old, flags: ['\\Seen'] });
    return addScanner(app, server, [{ folders: [folder] }], { name: folder, ...settings });
  }

  const arrives = (folder: string, options?: object) => server.append(folder, mail({ subject: `New in ${folder}` }), options);

  test('unread emails from before the activation are left alone, later ones are taken whatever their date', async () => {
    const scanner = await folderWithOldMail('Left');
    await activate(scanner);
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
    await arrives('Left', old);
    await arrives('Left');
    expect(await run(scanner)).toMatchObject({ scanned: 2, error: null });
    expect([await tickets('Old in Left'), await tickets('New in Left')]).toEqual([0, 2]);
  });

  test('how many unread emails lie there is told, and they are taken for who wants them', async () => {
    const scanner = await folderWithOldMail('Taken');
    expect(await unread(scanner)).toBe(3);
    await activate(scanner, 'take');
    expect(await run(scanner)).toMatchObject({ scanned: 3, error: null });
    expect(await tickets('Old in Taken')).toBe(3);
  });

  test('a run before the activation takes nothing old either, and does not keep anybody from taking it', async () => {
    const scanner = await folderWithOldMail('Run');
    expect(await run(scanner)).toMatchObject({ scanned: 0, leftAlone: leftAlone(3) });
    expect(await unread(scanner)).toBe(3);
    await activate(scanner, 'take');
    expect(await run(scanner)).toMatchObject({ scanned: 3, leftAlone: null });
  });

  test('a run before the activation takes what came since the scanner was made', async () => {
    const scanner = await folderWithOldMail('Made');
    await arrives('Made');
    expect(await run(scanner)).toMatchObject({ scanned: 1, leftAlone: leftAlone(3) });
    await arrives('Made');
    expect(await run(scanner)).toMatchObject({ scanned: 1, leftAlone: leftAlone(3) });
    await activate(scanner);
    await arrives('Made');
    expect(await run(scanner)).toMatchObject({ scanned: 1, leftAlone: null });
    expect([await tickets('Old in Made'), await tickets('New in Made')]).toEqual([0, 3]);
  });

  test('a run before the activation takes what is older for who says so, also after it was left alone', async () => {
    const scanner = await folderWithOldMail('Asked');
    await arrives('Asked');
    expect(await run(scanner, 'leave')).toMatchObject({ scanned: 0, leftAlone: leftAlone(4) });
    expect(await run(scanner, 'take')).toMatchObject({ scanned: 4, leftAlone: null, error: null });
    expect(await run(scanner)).toMatchObject({ scanned: 0, leftAlone: null });
  });

  test('an answer that nobody has asked for is refused', async () => {
    const scanner = await folderWithOldMail('Unasked');
    await activate(scanner);
    const dated = await folderWithOldMail('Dated', { scanFrom: '2026-01-01T00:00:00Z' });
    const since = await folderWithOldMail('Since', { scanType: 'sinceLastScan' });
    for (const { documentId } of [scanner, dated, since]) {
      const { status, body } = await app.request('POST', `/scanners/${documentId}/run`, { unread: 'take' });
      expect([status, body.error.details.errors[0].path]).toEqual([400, ['unread']]);
    }
    const { status } = await app.request('POST', `/scanners/${scanner.documentId}/run`, { unread: 'perhaps' });
    expect(status).toBe(400);
  });

  test('what came while the scanner was switched off is taken, unless somebody leaves it', async () => {
    const scanner = await folderWithOldMail('Paused');
    await activate(scanner, 'leave');
    await change(scanner, { active: false });
    await arrives('Paused');
    expect(await unread(scanner)).toBe(1);
    await activate(scanner);
    expect(await run(scanner)).toMatchObject({ scanned: 1 });

    await change(scanner, { active: false });
    await arrives('Paused');
    await activate(scanner, 'leave');
    expect(await run(scanner)).toMatchObject({ scanned: 0 });
    await arrives('Paused');
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
  });

  test('where the mailbox cannot be read at the activation, dates tell later', async () => {
    const scanner = await folderWithOldMail('Away', away.settings);
    await activate(scanner);
    await change(scanner, { mailboxName: '', ...(await server.connection(app)) });
    await arrives('Away');
    expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    expect([await tickets('Old in Away'), await tickets('New in Away')]).toEqual([0, 1]);
  });

  test('an answer that cannot be kept activates nothing', async () => {
    const scanner = await folderWithOldMail('Refused', away.settings);
    const { status, body } = await app.request('PUT', `/scanners/${scanner.documentId}`, { active: true, unread: 'take' });
    expect([status, body.error.details.code]).toEqual([400, away.code]);
    expect(await app.api('GET', `/scanners/${scanner.documentId}`)).toMatchObject({ active: false, activatedAt: null });
  });

  test('a folder that a rule names later begins at the activation, too', async () => {
    const scanner = await folderWithOldMail('First');
    await activate(scanner);
    await server.createFolder('Second');
    await server.append('Second', mail({ subject: 'Old in Second' }), old);
    await server.append('Second', mail({ subject: 'New in Second' }));
    await app.api('POST', `/scanners/${scanner.documentId}/rules`, {
      name: 'Second',
      folders: ['Second'],
      actions: [
        { type: 'createContact', config: {} },
        { type: 'createOrUpdateTicket', config: {} },
      ],
    });
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
    expect([await tickets('Old in Second'), await tickets('New in Second')]).toEqual([0, 1]);
  });

  test('to look for unread emails from now on brings in none of those that were left alone', async () => {
    const scanner = await folderWithOldMail('Switched', { scanType: 'sinceLastScan' });
    await activate(scanner);
    await arrives('Switched');
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
    await change(scanner, { scanType: 'unread' });
    await arrives('Switched');
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
    expect([await tickets('Old in Switched'), await tickets('New in Switched')]).toEqual([0, 2]);
  });

  test('to take away the date from which on emails were taken brings in none of those that were left alone', async () => {
    const scanner = await folderWithOldMail('Undated', { scanFrom: '2026-01-01T00:00:00Z' });
    await activate(scanner);
    expect(await unread(scanner)).toBeNull();
    expect(await run(scanner)).toMatchObject({ scanned: 0 });
    await change(scanner, { scanFrom: null });
    await arrives('Undated');
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
    expect(await tickets('Old in Undated')).toBe(0);
  });

  test('a folder that its server numbers again brings in nothing old, and nothing twice', async () => {
    const scanner = await folderWithOldMail('Renumbered');
    await activate(scanner);
    await arrives('Renumbered');
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
    await app.strapi.db
      .query('plugin::mail-scanner.folder-state')
      .updateMany({ where: { folder: 'Renumbered' }, data: { uidValidity: '1234567' } });
    await arrives('Renumbered');
    await run(scanner);
    expect([await tickets('Old in Renumbered'), await tickets('New in Renumbered')]).toEqual([0, 2]);
  });

  if (!isLate)
    test('a scanner of an earlier release goes on with all that is unread, and loses nothing', async () => {
      const scanner = await folderWithOldMail('Earlier');
      await activate(scanner);
      // As an earlier release left it: no beginning is known, and unread emails of before were its to take.
      await app.strapi.db
        .query('plugin::mail-scanner.folder-state')
        .updateMany({ where: { folder: 'Earlier' }, data: { startUid: null, lastUid: null } });
      await change(scanner, { name: 'Renamed' });
      await arrives('Earlier');
      expect(await run(scanner)).toMatchObject({ scanned: 4 });
    });
});

describe.skipIf(!hasDovecot())('POP3', () => {
  let server: Dovecot;

  beforeAll(async () => {
    server = await startDovecot();
  });

  afterAll(async () => {
    await server?.stop();
  });

  /** A mailbox of its own with two emails that have lain there for years. */
  async function oldMailbox(name: string, settings: object = {}): Promise<{ scanner: Scanner; user: string }> {
    const user = testUser.replace('support', name.toLowerCase());
    const headers = { Date: 'Sun, 05 May 2019 12:00:00 +0000' };
    await server.appendAll(
      'INBOX',
      [1, 2].map(() => mail({ subject: `Old for ${name}`, headers })),
      { user, ...old },
    );
    const pop3 = { name, protocol: 'pop3', port: server.pop3Port, username: user, ...settings };
    return { scanner: await addScanner(app, server, [{}], pop3), user };
  }

  const arrives = (name: string, user: string) =>
    server.append('INBOX', mail({ subject: `New for ${name}`, headers: { Date: new Date().toUTCString() } }), { user });

  test('what lay there before the activation is left alone, later emails are taken', async () => {
    const { scanner, user } = await oldMailbox('Anna');
    await activate(scanner);
    await arrives('Anna', user);
    expect(await run(scanner)).toMatchObject({ scanned: 1, error: null });
    expect([await tickets('Old for Anna'), await tickets('New for Anna')]).toEqual([0, 1]);
  });

  test('how many lie there is told, and they are taken for who wants them', async () => {
    const { scanner } = await oldMailbox('Bert');
    expect(await unread(scanner)).toBe(2);
    await activate(scanner, 'take');
    expect(await run(scanner)).toMatchObject({ scanned: 2, error: null });
    expect(await tickets('Old for Bert')).toBe(2);
  });

  test('a run before the activation leaves alone what lies there, says so, and takes what comes then', async () => {
    const { scanner, user } = await oldMailbox('Egon');
    await arrives('Egon', user);
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null, leftAlone: leftAlone(3) });
    await arrives('Egon', user);
    expect(await run(scanner)).toMatchObject({ scanned: 1, leftAlone: leftAlone(3) });
    await activate(scanner);
    await arrives('Egon', user);
    expect(await run(scanner)).toMatchObject({ scanned: 1, leftAlone: null });
    expect([await tickets('Old for Egon'), await tickets('New for Egon')]).toEqual([0, 2]);
  });

  test('a run before the activation takes what is older for who says so, also after it was left alone', async () => {
    const { scanner } = await oldMailbox('Frida');
    expect(await run(scanner)).toMatchObject({ scanned: 0, leftAlone: leftAlone(2) });
    expect(await unread(scanner)).toBe(2);
    expect(await run(scanner, 'take')).toMatchObject({ scanned: 2, leftAlone: null });
    expect(await unread(scanner)).toBe(0);
    const { scanner: other } = await oldMailbox('Gerd');
    expect(await run(other, 'leave')).toMatchObject({ scanned: 0, leftAlone: leftAlone(2) });
    await activate(other, 'take');
    expect(await run(other)).toMatchObject({ scanned: 2 });
    expect([await tickets('Old for Frida'), await tickets('Old for Gerd')]).toEqual([2, 2]);
  });

  test('a mailbox that was read by IMAP before is asked about again', async () => {
    const { scanner, user } = await oldMailbox('Hugo', { protocol: 'imap', port: server.imapPort });
    await run(scanner);
    await change(scanner, { protocol: 'pop3', port: server.pop3Port });
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null, leftAlone: leftAlone(2) });
    await arrives('Hugo', user);
    expect(await run(scanner)).toMatchObject({ scanned: 1 });
  });

  test('what came while the scanner was switched off can be left alone', async () => {
    const { scanner, user } = await oldMailbox('Cleo');
    await activate(scanner);
    await change(scanner, { active: false });
    await arrives('Cleo', user);
    expect(await unread(scanner)).toBe(1);
    await activate(scanner, 'leave');
    expect(await run(scanner)).toMatchObject({ scanned: 0, error: null });
  });

  test('a mailbox that is read by POP3 from now on brings in nothing that IMAP left alone', async () => {
    const { scanner, user } = await oldMailbox('Dora', { protocol: 'imap', port: server.imapPort });
    await activate(scanner);
    await run(scanner);
    await change(scanner, { protocol: 'pop3', port: server.pop3Port });
    await arrives('Dora', user);
    expect(await run(scanner)).toMatchObject({ error: null });
    expect([await tickets('Old for Dora'), await tickets('New for Dora')]).toEqual([0, 1]);
  });
});
