import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idsHolding } from '../../server/services/storage/text-index';
import { TEXT_INDEXES } from '../../server/services/storage/text-index/types';
import { eventually } from '../support/helpdesk';
import { hasMariadb, startMariadb } from '../support/mariadb';
import { hasPostgres, startPostgres } from '../support/postgres';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

const COMMENT = 'plugin::mail-scanner.comment';

const DATABASES = [
  { name: 'SQLite', isThere: true, start: async () => ({ env: {}, stop: async () => {} }) },
  { name: 'PostgreSQL', isThere: hasPostgres(), start: startPostgres },
  { name: 'MariaDB', isThere: hasMariadb(), start: startMariadb },
];

describe.each(DATABASES)('searching words on $name', ({ isThere, start }) => {
  describe.skipIf(!isThere)('', () => {
    let database: { env: Record<string, string>; stop(): unknown };
    let app: TestStrapi;
    let ticket: any;

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env });
      ticket = await app.api('POST', '/tickets', { title: 'Farbdrucker Büro', contactEmail: 'kj@customer.test' });
      await app.strapi.db.query('plugin::mail-scanner.contact').updateMany({ where: {}, data: { lastName: 'Jäger' } as never });
      for (const text of [
        'Das Papier staut sich, Fehler E-1742.',
        'プリンターが動きません',
        'Anna Berg <anna.zeisig@northwind.test> wrote: see <https://shop.test/zebrafink>',
        'Frau Koehler, Mühlstraße 3 und Alte Gasse; Dvořák in Łódź; the tank is full',
        'Der Hund heißt Xa\u0308ver, und die Katze Mañuela mañuela MAÑUELA.',
        // Without its marks, this word is longer than PostgreSQL takes, and with them it is not.
        `Vor ${'\ufb2a'.repeat(682)} und dahinter Wölfchen.`,
        'it\'s 100% | broken & (smoking) "hot" :* \' \\ ?',
      ])
        await comment(text);
      const file = { name: 'Kostenvoranschlag für Köln.pdf', mime: 'application/pdf', size: 1, hash: 'x', key: 'x' };
      const { id } = await comment('See the file.');
      await app.strapi.db.query('plugin::mail-scanner.attachment').create({ data: { ...file, comment: id } as never });
      await app.strapi.db
        .query('plugin::mail-scanner.attachment')
        .create({ data: { ...file, name: 'Unsent.pdf', uploadedBy: 1 } as never });
    }, 240_000);
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
      if (app) removeFolder(app.folder);
    });

    const comment = (text: string) =>
      app.strapi.documents(COMMENT).create({ data: { ticket: ticket.id, text, isPublic: false, source: 'api' } as never });
    const finds = async (words: string) => (await app.api('GET', `/tickets?search=${encodeURIComponent(words)}`)).length === 1;

    test.each([
      ['the beginnings of words in any order and in other letters', 'STAUT papier', true],
      ['what has a sign in it', 'E-1742', true],
      ['a word with an umlaut', 'büro', true],
      ['a script without spaces', '動きま', true],
      ['one word of two', 'papier zirkonium', false],
      ['nothing but signs that databases know', '"\' & | :* \\ ? %', false],
      ['words among such signs', 'smoking) & "hot":*', true],
      ['an address in angle brackets', 'anna.zeisig@northwind.test', true],
      ['a word of a link in angle brackets', 'zebrafink', true],
      ['an umlaut that is typed without its dots', 'buro', true],
      ['an umlaut that is written out', 'BUERO', true],
      ['a written-out umlaut by its letter', 'Köhler', true],
      ['a sharp s that is typed as two', 'Muhlstrasse', true],
      ['two as a sharp s', 'Gaße', true],
      ['other letters without their marks', 'Dvorak lodz', false],
      ['other letters without their marks, those that are letters of their own as they are', 'Dvorak łodz', true],
      ['a word that stands there thrice', 'manuela', true],
      ['what stands beside a word that is too long', 'wolfchen', true],
      ['no word that only looks written out', 'fuel', false],
      ['the name of a file', 'Kostenvoranschlag pdf', true],
      ['the name of a file without its dots', 'fur', true],
      ['a contact by a name without its dots', 'Jager', true],
    ])('finds %s', async (_, words, found) => {
      expect(await finds(words)).toBe(found);
    });

    test('finds no file that nobody has sent, and asks the index alone', async () => {
      expect(await finds('unsent')).toBe(false);
      for (const [index, words] of [
        [TEXT_INDEXES.attachment, 'kostenvoranschlag'],
        [TEXT_INDEXES.contact, 'jaeger'],
      ] as const)
        expect(await idsHolding(app.strapi, index, words, 10)).toHaveLength(1);
    });

    test('follows each change: by the platform, by one statement for many, by a deletion', async () => {
      const { documentId, id } = await comment('an armadillo');
      expect(await finds('armadillo')).toBe(true);
      await app.strapi.documents(COMMENT).update({ documentId, data: { visibleText: 'a capybara' } as never });
      expect([await finds('armadillo'), await finds('capybara')]).toEqual([false, true]);
      await app.strapi.db.query(COMMENT).updateMany({ where: { id }, data: { visibleText: 'an okapi' } as never });
      expect([await finds('capybara'), await finds('okapi')]).toEqual([false, true]);
      await app.strapi.db.transaction(async ({ rollback }) => {
        await app.strapi.db.query(COMMENT).updateMany({ where: { id }, data: { visibleText: 'a wombat' } as never });
        await rollback();
      });
      expect([await finds('wombat'), await finds('okapi')]).toEqual([false, true]);
      await app.strapi.documents(COMMENT).delete({ documentId });
      expect(await finds('okapi')).toBe(false);
    });

    test('a text beyond what a database can index is kept, and its beginning is found', async () => {
      const huge = `leviathan ${Array.from({ length: 200_000 }, (_, index) => `w${index.toString(36)}`).join(' ')}`;
      const { documentId } = await comment(huge);
      // MariaDB moves the words of a text this long into its index in the background.
      await eventually(() => finds('leviathan'));
      await app.strapi.documents(COMMENT).delete({ documentId });
    });

    test('the scan log is searched the same way, and by a whole Message-ID', async () => {
      await app.strapi.db.query('plugin::mail-scanner.message').create({
        data: {
          folder: 'INBOX',
          uidValidity: '1',
          uid: '1',
          outcome: 'failed',
          subject: 'Invoice 7',
          fromAddress: 'tom@northwind.test',
          messageId: 'abc.1@northwind.test',
        } as never,
      });
      const subjects = async (words: string) =>
        (await app.api('GET', `/messages?search=${encodeURIComponent(words)}`)).map(({ subject }: any) => subject);
      expect(await subjects('invo tom@north')).toEqual(['Invoice 7']);
      expect(await subjects('<abc.1@northwind.test>')).toEqual(['Invoice 7']);
      expect(await subjects('abc')).toEqual([]);
    });

    test('an index that is half filled is filled by the next start, while records are written', async () => {
      if (app.strapi.db.dialect.client !== 'postgres') return;
      const raw = (statement: string) => app.strapi.db.connection.raw(statement);
      await raw(`insert into mail_scanner_comments (id, document_id, text, visible_text, created_at, updated_at)
        select id, 'filled' || id, 'numbat ' || id, 'numbat ' || id || repeat(' and so on', 100), now(), now() from generate_series(10001, 13000) id`);
      await raw('comment on table mail_scanner_words_comments is null');
      await raw('delete from mail_scanner_words_comments where id < 12500');
      const holding = async (word: string) =>
        (await raw(`select id from mail_scanner_words_comments where words @@ to_tsquery('simple', '${word}')`)).rows.length;
      expect(await holding('10001')).toBe(0);
      const { folder } = app;
      await app.stop();
      app = await startStrapi({ folder, env: database.env });
      await raw(`delete from mail_scanner_comments where id = 12000`);
      await raw(`update mail_scanner_comments set visible_text = 'quokka' where id = 12001`);
      await raw("insert into mail_scanner_comments (id, visible_text) values (13001, 'quokka')");
      const isFilled = async () =>
        (await raw(`select obj_description('mail_scanner_words_comments'::regclass, 'pg_class') as mark`)).rows[0].mark !== null;
      await eventually(isFilled, 60_000);
      expect([await holding('numbat'), await holding('quokka'), await holding('12000')]).toEqual([2_998, 2, 0]);
      expect(await holding('papier')).toBe(1);
      expect(
        (
          await raw(
            `select count(*)::int as count from mail_scanner_words_comments w where not exists (select 1 from mail_scanner_comments t where t.id = w.id)`,
          )
        ).rows[0].count,
      ).toBe(0);
      await raw(`delete from mail_scanner_comments where id > 10000`);
    });

    test('words of many new records are found in an old one, too, alone and beside a rare one', async () => {
      if (app.strapi.db.dialect.client !== 'mysql') return;
      const raw = (statement: string) => app.strapi.db.connection.raw(statement);
      await raw(`insert into mail_scanner_comments (id, document_id, visible_text, created_at, updated_at) select seq, concat('many', seq),
        concat('documentation', if(seq < 20101, ' vixen', ''), if(seq = 20001, ' wombat quokka', ''), if(seq > 40800, ' wombat', '')), now(), now() from seq_20001_to_41000`);
      const holding = (words: string) => idsHolding(app.strapi, TEXT_INDEXES.comment, words, 500);
      const wombats = await holding('wombat');
      expect([wombats.length, wombats.at(-1)]).toEqual([201, 20_001]);
      expect(await holding('quokka documentation')).toEqual([20_001]);
      expect(await holding('documentation')).toHaveLength(500);
      const asked: string[] = [];
      const note = ({ sql }: { sql: string }) => void asked.push(sql);
      app.strapi.db.connection.on('query', note);
      // The index knows both: no text is read to see which records hold the other.
      expect(await holding('vixen quokka')).toEqual([20_001]);
      app.strapi.db.connection.removeListener('query', note);
      expect(asked.filter((sql) => sql.includes('id in'))).toEqual([]);
      await raw('delete from mail_scanner_comments where id > 20000');
    });

    test('on PostgreSQL, a word is found whose marks are characters of their own, and one that gets too long without its marks is left out', async () => {
      if (app.strapi.db.dialect.client !== 'postgres') return;
      expect(await finds('xaver')).toBe(true);
      const held = `select word from mail_scanner_words_comments, unnest(tsvector_to_array(words)) as word where word like '\u05e9%'`;
      expect((await app.strapi.db.connection.raw(held)).rows).toEqual([]);
    });

    test('the words of an earlier release, which left out what stands in angle brackets, are made again', async () => {
      if (app.strapi.db.dialect.client !== 'postgres') return;
      const raw = (statement: string) => app.strapi.db.connection.raw(statement.replaceAll('?', '\\?'));
      const [{ source }] = (await raw(`select pg_get_functiondef('mail_scanner_words_comments_keep'::regproc) as source`)).rows;
      await raw(source.replaceAll(/'[<>]', ' '/g, "'^', ' '"));
      await raw('update mail_scanner_comments set visible_text = visible_text');
      expect([await finds('zebrafink'), await finds('papier')]).toEqual([false, true]);
      const { folder } = app;
      await app.stop();
      app = await startStrapi({ folder, env: database.env });
      await eventually(() => finds('zebrafink'));
    });

    test('the words of an earlier release, which kept the marks of letters, are made again', async () => {
      if (app.strapi.db.dialect.client !== 'postgres') return;
      const raw = (statement: string) => app.strapi.db.connection.raw(statement.replaceAll('?', '\\?'));
      const [{ source }] = (await raw(`select pg_get_functiondef('mail_scanner_words_tickets_keep'::regproc) as source`)).rows;
      await raw(
        source.replace(/case when octet_length[\s\S]*? end from \(select replace/, "strip(to_tsvector('simple', t)) from (select replace"),
      );
      await raw('update mail_scanner_tickets set title = title');
      expect([await finds('buro'), await finds('büro')]).toEqual([false, false]);
      const { folder } = app;
      await app.stop();
      app = await startStrapi({ folder, env: database.env });
      await eventually(() => finds('buro'));
    });

    test('a restart finds the index in place, and makes one that is lost again', async () => {
      const { folder } = app;
      await app.stop();
      app = await startStrapi({ folder, env: database.env });
      expect(await finds('papier')).toBe(true);
      if (app.strapi.db.dialect.client !== 'sqlite') return;
      await app.strapi.db.connection.raw('drop trigger mail_scanner_search_comments_insert');
      await comment('unheard of');
      expect(await finds('unheard')).toBe(false);
      await app.stop();
      app = await startStrapi({ folder });
      expect(await finds('unheard')).toBe(true);
    });
  });
});
