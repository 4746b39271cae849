import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { incomingServer, outgoingServer, PROVIDERS } from '../../admin/src/shared/utils/providers';
import account from '../../server/content-types/account/schema';
import contact from '../../server/content-types/contact/schema';
import ticket from '../../server/content-types/ticket/schema';
import { permissionActions } from '../../server/permissions';
import { FIELDS, OPERATORS_OF_TYPE } from '../../server/services/rule/fields';
import { operatorOf } from '../../server/services/rule/operators';
import { compilePattern } from '../../server/services/rule/pattern';
import { findTicketNumber } from '../../server/services/rule/ticket-number';
import { availableTags, cannedReplyTags } from '../../server/services/outgoing/tags';
import { TABLES } from '../../server/services/storage/tables';
import { SENTENCES } from '../../shared/sentences/catalogue';

/** The pages of docs/ say what the code says. */

const page = (name: string) => readFileSync(`docs/${name}.md`, 'utf8');
const texts = (file: string): Record<string, string> => JSON.parse(readFileSync(`admin/src/translations/${file}.json`, 'utf8'));
const sentences = new Set<string>(Object.values(SENTENCES).flatMap((text) => [text, text.replace(/\.$/, '')]));
const panel = texts('en');

/** The rows of all tables of a page, as cells, without their heads. */
const rowsOf = (name: string): string[][] =>
  page(name)
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !/^\|-/.test(line) && !/^\|-/.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('README has room for the first day alone', () => {
  expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThan(200);
});

test('who uninstalls for good is told of each table', () => {
  expect(Object.values(TABLES).filter((table) => !page('operations').includes(`drop table ${table};`))).toEqual([]);
});

test('the contents lead to each page', () => {
  const pages = readdirSync('docs').filter((file) => file.endsWith('.md') && file !== 'README.md');
  expect(pages.filter((file) => !page('README').includes(`](${file})`))).toEqual([]);
});

test('words that readers of another language look up stand on no page and in no sentence', () => {
  const pages = [
    'README',
    ...readdirSync('docs')
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file.slice(0, -3)}`),
    'CONTRIBUTING',
  ];
  const lines = [...pages.flatMap((name) => readFileSync(`${name}.md`, 'utf8').split('\n')), ...sentences, ...Object.values(panel)];
  const found = lines.filter((line) =>
    /\b(whom|thereof|wherein|whence|lest|by and by)\b|\b(for|to|of|by) who (is|has|may|can|sees|had)\b/i.test(line),
  );
  expect(found).toEqual([]);
});

test('each picture is on a page', () => {
  const text = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)]
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(readdirSync('docs/screenshots').filter((file) => !text.includes(`screenshots/${file}`))).toEqual([]);
});

describe('templates-and-tags.md', () => {
  /** What Strapi adds to each content type, relations aside. */
  const strapis = ['createdAt', 'updatedAt', 'publishedAt', 'locale'];
  const attributesOf = (schema: { attributes: Record<string, { type: string }> }) => [
    ...Object.keys(schema.attributes).filter((name) => schema.attributes[name].type !== 'relation'),
    ...strapis,
  ];
  const attributes = { helpdesk: attributesOf(ticket), contacts: attributesOf(contact), accounts: attributesOf(account) };
  const offered = [...new Set([...availableTags(attributes), ...cannedReplyTags(attributes)].map(({ tag }) => tag))];

  test('has each tag that an editor offers, and no other', () => {
    const shown = rowsOf('templates-and-tags').map(([tag]) => tag.replaceAll('`', ''));
    expect(shown.toSorted()).toEqual(offered.toSorted());
  });
});

test('permissions.md has each permission, in the words of the role editor, and no other', () => {
  const shown = rowsOf('permissions').filter((cells) => cells.length === 4);
  expect(shown.map(([group, words, , name]) => [group, words, name])).toEqual(
    permissionActions.map(({ subCategory, displayName, uid }) => [subCategory, displayName, `\`${uid}\``]),
  );
  const named = page('permissions').match(/`[a-z]+(-[a-z]+)+`/g) ?? [];
  expect(named.filter((name) => !permissionActions.some(({ uid }) => `\`${uid}\`` === name))).toEqual([]);
});

describe('what the pages quote is what the product says', () => {
  const quoted = rowsOf('troubleshooting').map(([sentence]) => sentence);

  test('troubleshooting.md has the likely sentences, each once', () => {
    expect(quoted.length).toBeGreaterThanOrEqual(40);
    expect(new Set(quoted).size).toBe(quoted.length);
    expect(quoted.filter((sentence) => !sentences.has(sentence))).toEqual([]);
  });

  test('providers.md quotes the provider’s notes as the panel has them', () => {
    const said = [...page('providers').matchAll(/^> (.+)$/gm)].map(([, sentence]) => sentence);
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((sentence) => !sentences.has(sentence))).toEqual([]);
  });
});

describe('troubleshooting.md has what is said while a mailbox, its rules and time triggers are set up', () => {
  const SETTING_UP = ['mailbox', 'oauth', 'outgoing', 'graph', 'storage', 'rule', 'trigger', 'webhook', 'form'];
  /** Why a sentence needs no row. Whatever is added to these groups gets a row, or a place here. */
  const SELF_EXPLAINING: Record<string, string[]> = {
    'it frames another sentence, or goes on from one': [
      'mailbox.connect',
      'mailbox.failed',
      'mailbox.says',
      'mailbox.certAdvice',
      'mailbox.chooseStarttls',
      'mailbox.chooseSsl',
      'mailbox.notPossible',
      'mailbox.refusedTo',
      'mailbox.toMarkRead',
      'mailbox.toMove',
      'mailbox.toDelete',
      'mailbox.noNewFolder',
      'mailbox.refusedCommand',
      'oauth.says',
      'outgoing.said',
      'outgoing.pluginFailed',
      'outgoing.cannotBeSent',
      'outgoing.notAsked',
      'outgoing.notMade',
      'outgoing.notTaken',
      'outgoing.bounced',
      'outgoing.delayed',
      'outgoing.copyBounced',
      'graph.notAsked',
      'storage.goesOn',
      'storage.wentWrong',
      'graph.answered',
    ],
    'it says in itself what to do': [
      'mailbox.newsPop3',
      'mailbox.newsNoIdle',
      'mailbox.newsCyrus',
      'mailbox.newsCourier',
      'mailbox.newsWhenAsked',
      'oauth.inConfig',
      'oauth.inUse',
      'oauth.noApplication',
      'oauth.noApplicationHere',
      'oauth.mailboxAddress',
      'oauth.noAccount',
      'graph.nowhere',
      'graph.ours',
    ],
    'it is the short form of one that has a row': ['mailbox.noFolderHere', 'mailbox.addressNotAllowed'],
    'nobody has to do anything: it is tried again, or is over': [
      'oauth.renewing',
      'oauth.noToken',
      'outgoing.notNow',
      'outgoing.broke',
      'graph.empty',
      'graph.noYes',
      'graph.throttled',
      'graph.stateLost',
      'graph.conflict',
      'graph.reading',
      'graph.away',
      'graph.busy',
      'graph.again',
    ],
    'it tells what came of an email': [
      'outgoing.pluginTook',
      'outgoing.deleted',
      'outgoing.internal',
      'outgoing.reopened',
      'outgoing.noEmail',
      'storage.noRecord',
      'outgoing.left',
      'outgoing.notWaiting',
      'outgoing.takenBack',
      'graph.took',
      'graph.found',
      'graph.byHand',
    ],
    'it tells what a rule did': ['rule.answered', 'rule.givenToTeam', 'rule.assignedTo', 'rule.ignored'],
    'it stands beside what somebody enters or imports, and says what it takes': [
      'rule.name',
      'rule.folderLength',
      'rule.actionCount',
      'rule.order',
      'rule.needsLog',
      'rule.noEmail',
      'rule.noGroup',
      'rule.captureNoText',
      'rule.days',
      'rule.importFormat',
      'rule.importFolders',
      'rule.importUnchecked',
      'rule.importStatuses',
      'rule.importTags',
      'rule.importPeople',
      'rule.importReplies',
      'rule.choosePerson',
      'rule.chooseReply',
      'rule.importTeams',
      'rule.warnSource',
      'rule.warnTicketInSource',
      'rule.warnForeignLetters',
      'rule.noAction',
      'rule.keptFields',
      'rule.moveTo',
      'rule.pattern',
      'rule.pair',
      'rule.pairOrder',
      'rule.list',
      'rule.text',
      'rule.number',
      'rule.boolean',
      'rule.date',
      'rule.count',
      'rule.depth',
      'rule.emptyGroup',
      'rule.noField',
      'rule.noOperator',
      'rule.condition',
      'form.several',
      'form.mailServer',
      'form.range',
      'form.rangeOrNone',
      'form.hostAlone',
      'oauth.enterClientId',
      'oauth.enterSecret',
      'oauth.enterTenant',
      'oauth.enterOption',
      'oauth.enterIssuer',
      'form.name',
      'form.scannerName',
      'form.scanner',
      'form.dateTime',
      'form.email',
      'form.passwordOtherServer',
      'form.user',
      'form.password',
      'form.outgoingServer',
      'form.sender',
      'form.max20',
      'form.prefixBegin',
      'form.prefixEnd',
      'form.outgoingPassword',
      'form.toCome',
      'form.testTo',
      'form.saveFirst',
      'form.subject',
      'form.text',
      'form.recipient',
      'form.contactOnly',
      'form.noTemplate',
      'form.noTicketYet',
      'form.authorization',
      'form.otherProvider',
      'form.publicUrl',
      'form.tooOften',
      'form.timeZone',
      'form.authservId',
      'form.answersByGraph',
      'form.tooLong',
      'trigger.name',
      'trigger.state',
      'trigger.importFormat',
      'trigger.minutes',
      'trigger.noAction',
      'webhook.name',
      'webhook.choose',
      'webhook.headers',
      'webhook.ownHeader',
      'webhook.secret',
      'webhook.imported',
    ],
    'it follows "its answer could not be understood" and tells a developer why': [
      'mailbox.pop3Injection',
      'mailbox.pop3Endless',
      'mailbox.pop3Closed',
      'mailbox.pop3NoAnswer',
      'mailbox.pop3NoConnection',
      'mailbox.pop3Status',
      'graph.noPlace',
      'graph.gone',
      'graph.foreignLink',
      'graph.broken',
      'graph.folderExists',
    ],
  };
  const excused = Object.values(SELF_EXPLAINING).flat();
  const rows = new Set([
    ...rowsOf('troubleshooting').map(([said]) => said),
    ...[...page('providers').matchAll(/^> (.+)$/gm)].map(([, said]) => said),
  ]);
  const hasRow = (text: string) => rows.has(text) || rows.has(text.replace(/\.$/, ''));
  const setUp = Object.entries(SENTENCES).filter(([code]) => SETTING_UP.includes(code.split('.')[0]));

  test('each sentence has a row, or is listed with the reason why it needs none', () => {
    expect(setUp.filter(([code, text]) => !hasRow(text) && !excused.includes(code)).map(([code]) => code)).toEqual([]);
  });

  test('no sentence is listed that is gone, or that has a row', () => {
    const unexplained = new Set(setUp.filter(([, text]) => !hasRow(text)).map(([code]) => code));
    expect(excused.filter((code) => !unexplained.has(code))).toEqual([]);
  });
});

test('providers.md has the servers that the form fills in', () => {
  const rows = rowsOf('providers').filter((cells) => cells.length === 6);
  expect(rows.map((cells) => cells.slice(0, 5))).toEqual(
    PROVIDERS.map((provider) => [
      provider.name,
      provider.domains.join(', '),
      incomingServer(provider, 'imap')!.host,
      incomingServer(provider, 'pop3')?.host ?? 'none',
      `${outgoingServer(provider).host}:${outgoingServer(provider).port}`,
    ]),
  );
});

describe('rules-cookbook.md', () => {
  const valuesOf = (...prefixes: string[]) =>
    new Set(Object.keys(panel).flatMap((key) => (prefixes.some((prefix) => key.startsWith(prefix)) ? [panel[key]] : [])));

  test('has its recipes, numbered, and the contents say how many', () => {
    const recipes = page('rules-cookbook').match(/^## \d+\. /gm)!;
    expect(recipes).toEqual(recipes.map((_, index) => `## ${index + 1}. `));
    for (const file of ['README.md', 'docs/README.md']) expect(readFileSync(file, 'utf8')).toContain(`${recipes.length} recipes`);
  });

  test('names fields and comparisons as the screen does', () => {
    const fields = valuesOf('field.');
    const rows = rowsOf('rules-cookbook');
    expect(rows.map(([field]) => field).filter((field) => !fields.has(field) && !/^Header [A-Z][\w-]+$/.test(field))).toEqual([]);
    const operators = valuesOf('operator.');
    expect(rows.map(([, operator]) => operator).filter((operator) => !operators.has(operator))).toEqual([]);
  });

  test('compares each field as the rule editor lets people do it', () => {
    const unfit = rowsOf('rules-cookbook').filter(([label, comparison]) => {
      const type = FIELDS.find((field) => field.label === label)?.type ?? 'text';
      return !OPERATORS_OF_TYPE[type].some((name) => operatorOf(name)!.label === comparison);
    });
    expect(unfit).toEqual([]);
  });

  test('shows patterns that a rule takes, and that find what the recipe says', () => {
    const [number] = /\\b\(\?<ticket>.*/.exec(page('rules-cookbook'))!;
    expect(findTicketNumber(compilePattern(number), 'Re: The TT5 is broken [TT1001]')).toBe('TT1001');
    const [, , pattern] = rowsOf('rules-cookbook').find(([, operator]) => operator === 'matches')!;
    expect(compilePattern(pattern).test('About my order no. 77')).toBe(true);
  });

  test('names actions and their settings as the screen does', () => {
    const named = [...page('rules-cookbook').matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words);
    const known = valuesOf('action.', 'assign.', 'tags.', 'rules.', 'ticketAction.', 'ticketField.', 'conditions.', 'rule.');
    expect(named.filter((words) => !known.has(words))).toEqual([]);
  });
});

describe('features.md', () => {
  const rows = rowsOf('features');

  test('has its 77 rows, each with one of three states, and counts them rightly', () => {
    expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 77 }, (_, index) => index + 1));
    const having = (state: string) => rows.filter((cells) => cells[2] === state).length;
    expect(page('features')).toContain(
      `Of 77 rows ${having('works')} work, ${having('partly')} work partly, ${having('not yet')} do not yet exist.`,
    );
    expect(having('works') + having('partly') + having('not yet')).toBe(77);
  });

  test.each(rows.filter(([, , state]) => state !== 'not yet').map(([, feature, , , file]) => [feature, file.replaceAll('`', '')]))(
    '%s: the test that is named exists',
    (_, file) => {
      expect(file).toMatch(/^tests\/.+\.test\.tsx?$/);
      expect(existsSync(file), file).toBe(true);
    },
  );

  test('what does not exist names no test', () => {
    expect(rows.filter(([, , state, , file]) => state === 'not yet' && file !== '')).toEqual([]);
  });
});
