import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELDS } from '../../server/services/rule/fields';
import { operatorOf } from '../../server/services/rule/operators';
import type { Condition, ConditionGroup, RuleInput, RulesFile } from '../../shared/api/rules';
import { startDesk, type Desk } from '../support/desk';
import { mail, type MailInput } from '../support/helpdesk';

/** The files of the rules cookbook, imported as the panel imports them and tried on emails: one that they are for, and one that they are not. */

const FOLDER = 'docs/recipes';
/** Recipes without a file, and why. */
const WITHOUT_FILE: Record<number, string> = { 16: 'names people of the site', 21: 'needs no rule' };

interface Trial {
  meets: MailInput;
  /** Null: the recipe takes every email. */
  leaves: MailInput | null;
  /** What a scan would do with the email in the mailbox; it is marked as read in any case. */
  effects?: { type: string; folder?: string }[];
  /** `null`: no ticket comes of it. */
  title?: string | null;
}

const withFile = (name: string, headers: Record<string, string> = {}): Partial<MailInput> => ({
  text: `--b\nContent-Type: text/plain\n\nSee there.\n--b\nContent-Type: application/pdf; name=${name}\nContent-Disposition: attachment; filename=${name}\n\nx\n--b--\n`,
  headers: { 'Content-Type': 'multipart/mixed; boundary=b', ...headers },
});

const TRIALS: Record<number, Trial> = {
  1: { meets: {}, leaves: null, title: 'Broken printer' },
  2: { meets: { headers: { Cc: 'sales@example.com' } }, leaves: {}, title: 'Broken printer' },
  3: { meets: { headers: { Importance: 'high' } }, leaves: { headers: { Importance: 'low' } }, title: 'Broken printer' },
  4: {
    meets: { subject: 'Invoice 7', ...withFile('7.pdf') },
    leaves: { subject: 'Invoice 7', ...withFile('7.xls') },
    effects: [{ type: 'move', folder: 'INBOX/Invoices' }],
    title: null,
  },
  5: { meets: {}, leaves: null, effects: [{ type: 'move', folder: 'Done' }], title: 'Broken printer' },
  6: {
    meets: { headers: { 'List-Unsubscribe': '<https://shop.test>' } },
    leaves: {},
    effects: [{ type: 'move', folder: 'Newsletters' }],
    title: null,
  },
  7: { meets: { headers: { 'Auto-Submitted': 'auto-generated' } }, leaves: {}, title: null },
  8: { meets: { from: 'monitor@example.com' }, leaves: { from: 'monitor@elsewhere.test' }, title: 'Broken printer' },
  9: { meets: { from: 'ann@partner.example' }, leaves: { from: 'ann@notpartner.test' }, title: 'Broken printer' },
  10: { meets: { subject: 'TT5 is broken' }, leaves: null, title: 'TT5 is broken' },
  11: { meets: { text: 'About my order no. 77' }, leaves: { subject: 'Order 77', from: 'bob@example.com' }, title: 'Broken printer' },
  12: { meets: { from: 'boss@example.com' }, leaves: {}, effects: [{ type: 'move', folder: 'Suspicious' }], title: null },
  13: {
    meets: { to: 'jobs@example.com', ...withFile('cv.pdf') },
    leaves: { to: 'jobs@example.com' },
    effects: [{ type: 'move', folder: 'Applications' }],
    title: 'Broken printer',
  },
  14: { meets: { from: 'ann@big-customer.example' }, leaves: {}, effects: [{ type: 'move', folder: 'Customers/Big' }], title: null },
  15: { meets: { subject: 'Re: [TT1001] lamp' }, leaves: { subject: 'lamp' }, title: 'Re: [TT1001] lamp' },
  17: { meets: { subject: 'Lamps: order 77' }, leaves: { subject: 'My order 77' }, title: 'Order 77 of Lamps' },
  18: { meets: { from: 'ann@big-customer.example' }, leaves: {}, title: null },
  19: { meets: { subject: 'Backup succeeded' }, leaves: { subject: 'Re: Backup succeeded' }, title: null },
  20: { meets: {}, leaves: null, title: 'Broken printer' },
  22: { meets: { subject: 'Machine 5 is out of order' }, leaves: {}, title: 'Machine 5 is out of order' },
};

const page = readFileSync('docs/rules-cookbook.md', 'utf8');
/** Each recipe's part of the page, by its number. */
const sections = new Map(
  page
    .split(/^## (?=\d+\. )/m)
    .slice(1)
    .map((part) => [Number.parseInt(part, 10), part] as const),
);
const nameOf = (number: number) => `${String(number).padStart(2, '0')}.json`;
const fileOf = (number: number): RulesFile => JSON.parse(readFileSync(`${FOLDER}/${nameOf(number)}`, 'utf8'));

describe('the page and the files', () => {
  test('each recipe has its file and names it, unless it is said why not', () => {
    const files = [...sections.keys()].filter((number) => !(number in WITHOUT_FILE));
    expect(readdirSync(FOLDER)).toEqual(files.map(nameOf));
    expect(files.filter((number) => !sections.get(number)!.includes(`](recipes/${nameOf(number)})`))).toEqual([]);
    expect(Object.keys(TRIALS).map(Number)).toEqual(files);
  });

  const leaves = (group: ConditionGroup): Condition[] => group.rules.flatMap((each) => ('rules' in each ? leaves(each) : [each]));
  const labelOf = (key: string) => FIELDS.find((field) => field.key === key)?.label ?? key.replace('header:', 'Header ');
  const shown = (value: unknown) => (typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value));

  test.each(Object.keys(TRIALS).map(Number))('recipe %i: the table says the conditions of the file', (number) => {
    const table = [...sections.get(number)!.matchAll(/^\| (?!Field )(.+?) \| (.+?) \| ?(.*?) ?\|$/gm)].map(([, ...cells]) =>
      cells.map((cell) => cell.replaceAll('`', '')),
    );
    const inFile = fileOf(number)
      .rules.flatMap(({ conditions }) => leaves(conditions))
      .map(({ field, operator, value }) => [labelOf(field), operatorOf(operator)!.label, shown(value)]);
    expect(table).toEqual(inFile);
  });
});

describe('imported as the panel does it', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    // Nothing but the recipe is to decide.
    for (const { documentId } of await desk.app.api('GET', `/scanners/${desk.scanner.documentId}/rules`))
      await desk.app.api('DELETE', `/rules/${documentId}`);
  });

  afterAll(() => desk?.stop());

  const tried = (rule: RuleInput, input: MailInput) =>
    desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules/try`, { rule: { ...rule, active: true }, source: mail(input) });

  test.each(Object.entries(TRIALS))('recipe %s', async (number, { meets, leaves, effects = [], title }) => {
    const { rules } = await desk.app.api('POST', `/scanners/${desk.scanner.documentId}/rules/import`, fileOf(Number(number)));
    try {
      expect(rules.filter(({ active }: RuleInput) => active)).toEqual([]);
      // What a recipe is about is its last rule; those before it are other recipes.
      const rule = rules.at(-1);
      const { own, message } = await tried(rule, meets);
      expect(own.matched).toBe(true);
      expect(message.effects.filter(({ type }: { type: string }) => type !== 'seen')).toEqual(effects);
      expect(message.ticket?.title ?? null).toBe(title);
      if (leaves) expect((await tried(rule, leaves)).own.matched).toBe(false);
    } finally {
      for (const { documentId } of rules) await desk.app.api('DELETE', `/rules/${documentId}`);
    }
  });
});
