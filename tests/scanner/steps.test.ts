import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ActionError as OtherActionError } from '../../server/extend';
import steps from '../../server/services/scanner/steps/registry';
import { startDesk, type Desk } from '../support/desk';
import { mail } from '../support/helpdesk';

/** Steps that a site adds to the judgement of its messages, with real scans. */

/** As a site imports them: of the package that Strapi loads. */
const { ActionError, defineStep, registerStep } = createRequire(__filename)(
  'strapi-plugin-mail-scanner',
) as typeof import('../../server/extend');

let { app, server, arrives, scanner, stop } = {} as Desk;

/** What the site's steps saw, in the order in which they ran. */
const seen: string[] = [];

beforeAll(async () => {
  ({ app, server, arrives, scanner, stop } = await startDesk());
  const noteCustomer = (name: string) =>
    defineStep({
      name,
      decide({ customer, message }) {
        seen.push(`${name} ${customer?.address ?? 'nobody'} ${message.subject}`);
        return null;
      },
    });
  registerStep(app.strapi, noteCustomer('beforeCustomer'), { before: 'customer' });
  registerStep(app.strapi, noteCustomer('afterCustomer'), { after: 'customer' });
  registerStep(app.strapi, noteCustomer('afterThat'), { after: 'customer' });
  registerStep(
    app.strapi,
    {
      name: 'newsletter',
      decide: ({ message }) => (message.subject.startsWith('News:') ? { outcome: 'noMatch', reason: 'A newsletter.' } : null),
    },
    { before: 'rules' },
  );
  registerStep(
    app.strapi,
    {
      name: 'vip',
      decide(context) {
        if (!context.message.subject.startsWith('VIP:')) return null;
        context.message = { ...context.message, subject: context.message.subject.slice(4).trim() };
        context.note('A customer whom we know well.');
        return null;
      },
    },
    { after: 'listAuthor' },
  );
  registerStep(
    app.strapi,
    {
      name: 'refusing',
      decide({ message }) {
        if (message.subject === 'Refused') throw new ActionError('The site does not take this.');
        if (message.subject === 'Refused by a copy') throw new OtherActionError('A copy does not take this.');
        return null;
      },
    },
    { before: 'rules' },
  );
});

afterAll(() => stop?.());

const rowOf = async (subject: string): Promise<any> =>
  (await app.api('GET', `/messages?search=${encodeURIComponent(subject)}`)).find((row: any) => row.subject === subject);
const titles = async (): Promise<string[]> => (await app.api('GET', '/tickets?pageSize=100')).map(({ title }: any) => title);

test('a step runs where it was placed: the customer is known after the step that finds out, and two at one place keep their order', async () => {
  await arrives(mail({ from: 'ida@mill.test', subject: 'Belt' }));
  expect(seen).toEqual(['beforeCustomer nobody Belt', 'afterCustomer ida@mill.test Belt', 'afterThat ida@mill.test Belt']);
});

test('a step that decides ends the way of the message: no rule sees it, and the scan log says why', async () => {
  expect(await arrives(mail({ from: 'news@shop.test', subject: 'News: autumn' }))).toEqual({ noMatch: 1 });
  expect(await titles()).not.toContain('News: autumn');
  expect(await rowOf('News: autumn')).toMatchObject({ outcome: 'noMatch', reason: 'A newsletter.' });
});

test('what a step changes and notes, the rules and the scan log have', async () => {
  await arrives(mail({ from: 'ida@mill.test', subject: 'VIP: Motor' }));
  expect(await titles()).toContain('Motor');
  expect((await rowOf('Motor')).reason).toContain('A customer whom we know well.');
});

test('a step that throws makes its message fail, as an action does, and no other', async () => {
  await server.appendAll(
    'INBOX',
    ['Before', 'Refused', 'Behind'].map((subject) => mail({ from: 'leo@yard.test', subject })),
  );
  const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(result).toMatchObject({
    error: null,
    byOutcome: { processed: 2, failed: 1 },
    failed: [{ reason: 'The site does not take this.' }],
  });
  expect(await titles()).toEqual(expect.arrayContaining(['Before', 'Behind']));
});

test('what an ActionError of another copy of the package says, the scan log says', async () => {
  // The class of the sources is another one than that of the package which Strapi loads.
  expect(OtherActionError).not.toBe(ActionError);
  await server.appendAll('INBOX', [mail({ from: 'leo@yard.test', subject: 'Refused by a copy' })]);
  const result = await app.api('POST', `/scanners/${scanner.documentId}/run`);
  expect(result).toMatchObject({ byOutcome: { failed: 1 }, failed: [{ reason: 'A copy does not take this.' }] });
  expect((await rowOf('Refused by a copy')).reason).toBe('A copy does not take this.');
});

test('a name that is taken, and a place beside no step, are refused with a sentence that says what there is', () => {
  const again = { name: 'rules', decide: () => null };
  expect(() => registerStep(app.strapi, again, { after: 'rules' })).toThrow('There is already a mail scanner step "rules".');
  expect(() => registerStep(app.strapi, { ...again, name: 'lost' }, { before: 'nothing' })).toThrow(
    /no mail scanner step "nothing".*There are knownAlready, /,
  );
});

test('each file of the folder is a step of the list', () => {
  const folder = path.resolve(__dirname, '../../server/services/scanner/steps');
  const files = readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((file) => !['context', 'registry', 'types'].includes(file));
  const names = steps({ strapi: app.strapi })
    .all()
    .map(({ name }) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  expect(names.sort()).toEqual(files.sort());
});
