#!/usr/bin/env node
/**
 * Scores the pure functions of server/services/message against folders of real emails:
 *
 *     npm run corpora -- <folder> [--json FILE] [--verbose]
 *
 * Every folder below it with .eml files is a set. An expected.json beside them maps a file's name to what must come out:
 * `visible` (text), `contains` (lines that must be visible, for answers between quotes), `forwarded` (the original sender of a
 * forward: name, address, subject, text), `machine` (bounce, vacation, feedback, delivered), `recipients` (of a bounce: status,
 * permanent, …).
 *
 * Text has two judges. The strict one wants exactly the expected words; the lenient one lets up to eight lines more pass, since
 * some sets leave a sign-off out. The lenient one alone hides text of an earlier mail.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

async function loadParser() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'server/services/message/parse.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    target: 'node20',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, createRequire(join(root, 'package.json')));
  return module.exports.parseMessage;
}

async function findSets(folder, base = folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => entry.name)
    .sort();
  const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => findSets(join(folder, entry.name), base)));
  return [...(files.length > 0 ? [{ name: relative(base, folder) || '.', folder, files }] : []), ...below.flat()];
}

// --- judging -------------------------------------------------------------------------------------------------------

const collapse = (text) => text.replace(/[\s\u00a0\u200b]+/g, ' ').trim();

/**
 * exact: the same words. right: exact, or a sign-off more. lost: words that must be seen are hidden. wrong: text of an earlier
 * mail is seen.
 */
function judgeVisible(expected, visible) {
  const [want, got] = [collapse(expected), collapse(visible)];
  if (want === got) return 'exact';
  const missing = wordsMissing(want.split(' '), got.split(' '));
  if (missing.length > 0) return 'lost';
  const extra = visible.split('\n').filter((line) => collapse(line) !== '' && !want.includes(collapse(line)));
  const isSignOff = extra.length <= 8 && !extra.some((line) => /^\s*>|^\s*\S{0,30}:\s|@.*:\s*$/.test(line)) && want !== '';
  return isSignOff ? 'right' : 'kept';
}

/** exact: each of the lines is seen as a line of the sender's own. */
function judgeContains(expected, visible) {
  const seen = new Set(visible.split('\n').map(collapse));
  return expected.every((line) => seen.has(collapse(line))) ? 'exact' : 'lost';
}

/** What differs from the expected forward; '' when nothing does. The text is judged where the set knows it. */
function judgeForwarded(expected, message) {
  const found = { ...message.forwarded?.from, subject: message.forwarded?.subject, text: message.forwarded?.text };
  return ['address', 'name', 'subject', 'text']
    .filter((key) => expected[key] !== undefined && collapse(expected[key]) !== collapse(found[key] ?? ''))
    .join(', ');
}

/** The words of `want` that do not follow in `got` in their order. */
function wordsMissing(want, got) {
  const missing = [];
  let at = 0;
  for (const word of want) {
    const found = got.indexOf(word, at);
    if (found < 0) missing.push(word);
    else at = found + 1;
  }
  return missing.filter((word) => word !== '');
}

const machineKind = { bounce: 'bounce', 'auto-reply': 'vacation', feedback: 'feedback', delivered: 'delivered', receipt: 'receipt' };

function judgeMachine(expected, message) {
  const found = machineKind[message.automatic?.kind] ?? null;
  return { found, right: found === expected };
}

function judgeBounce(expected, message) {
  const found = message.bounce?.recipients ?? [];
  if (found.length !== expected.length) return false;
  const pool = [...found];
  return expected.every((want) => {
    const index = pool.findIndex((recipient) => recipient.address !== '' && recipient.permanent === want.permanent);
    if (index < 0) return false;
    pool.splice(index, 1);
    return true;
  });
}

// --- running -------------------------------------------------------------------------------------------------------

async function scoreSet(set, parseMessage, notes) {
  const expectations = await readFile(join(set.folder, 'expected.json'), 'utf8').then(JSON.parse, () => ({}));
  const score = {
    files: 0,
    failed: 0,
    slowestMs: 0,
    visible: { judged: 0, right: 0, exact: 0, kept: 0, lost: 0 },
    forwarded: { judged: 0, right: 0 },
    machine: { judged: 0, found: 0, right: 0, human: 0 },
    bounce: { judged: 0, right: 0 },
  };
  for (const file of set.files) {
    const source = await readFile(join(set.folder, file));
    const started = performance.now();
    const message = await parseMessage(source).catch((error) => {
      notes.push(`${set.name}/${file}: ${error.message}`);
      return null;
    });
    score.files++;
    score.slowestMs = Math.max(score.slowestMs, performance.now() - started);
    if (message === null) score.failed++;
    else judge(score, expectations[file] ?? {}, message, `${set.name}/${file}`, notes);
  }
  return score;
}

function judge(score, expected, message, name, notes) {
  if (expected.visible !== undefined || expected.contains !== undefined) {
    const verdict =
      expected.visible !== undefined
        ? judgeVisible(expected.visible, message.visibleText)
        : judgeContains(expected.contains, message.visibleText);
    score.visible.judged++;
    if (verdict === 'exact') score.visible.exact++;
    if (verdict === 'exact' || verdict === 'right') score.visible.right++;
    else score.visible[verdict]++;
    if (verdict !== 'exact') notes.push(`${name}: visible ${verdict}`);
    // Mails that people wrote to people: a machine found here is a false alarm.
    if (machineKind[message.automatic?.kind] !== undefined && expected.machine === undefined) {
      score.machine.human++;
      notes.push(`${name}: taken for ${message.automatic.kind}`);
    }
  }
  if (expected.forwarded !== undefined) {
    const differing = judgeForwarded(expected.forwarded, message);
    score.forwarded.judged++;
    if (differing === '') score.forwarded.right++;
    else notes.push(`${name}: forwarded ${message.forwarded === null ? 'not recognised' : `${differing} wrong`}`);
  }
  if (expected.machine !== undefined) {
    const { found, right } = judgeMachine(expected.machine, message);
    score.machine.judged++;
    if (found !== null) score.machine.found++;
    if (right) score.machine.right++;
    else notes.push(`${name}: machine ${found}, expected ${expected.machine}`);
  }
  if (expected.recipients !== undefined) {
    score.bounce.judged++;
    if (judgeBounce(expected.recipients, message)) score.bounce.right++;
    else
      notes.push(
        `${name}: bounce ${JSON.stringify(message.bounce?.recipients.map(({ address, status, replyCode, permanent }) => [address, status, replyCode, permanent]))}, expected ${JSON.stringify(expected.recipients.map(({ status, reply, permanent, reason }) => [status, reply, permanent, reason]))}`,
      );
  }
}

const share = (part, whole) => (whole === 0 ? 1 : part / whole);

function report({ visible, forwarded, machine, bounce, ...rest }) {
  return {
    ...rest,
    slowestMs: Math.round(rest.slowestMs * 10) / 10,
    visible: { judged: visible.judged, right: visible.right, lost: visible.lost, exact: visible.exact, kept: visible.kept },
    forwarded,
    machine: {
      judged: machine.judged,
      precision: share(machine.right, machine.found + machine.human),
      recall: share(machine.right, machine.judged),
    },
    bounce,
  };
}

function printTable(sets) {
  const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
  console.table(
    Object.fromEntries(
      Object.entries(sets).map(([name, set]) => [
        name,
        {
          files: set.files,
          failed: set.failed,
          'slowest ms': set.slowestMs,
          'text right, lenient': percent(set.visible.right, set.visible.judged),
          'text right, strict': percent(set.visible.exact, set.visible.judged),
          exact: set.visible.judged === 0 ? '-' : `${set.visible.exact} of ${set.visible.judged}`,
          'kept too much': set.visible.kept,
          'lost text': set.visible.lost,
          'forwards right': percent(set.forwarded.right, set.forwarded.judged),
          machines: set.machine.judged,
          precision: percent(set.machine.precision, set.machine.judged > 0 ? 1 : 0),
          recall: percent(set.machine.recall, set.machine.judged > 0 ? 1 : 0),
          'bounces right': percent(set.bounce.right, set.bounce.judged),
        },
      ]),
    ),
  );
}

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: npm run corpora -- <folder> [--json FILE] [--verbose]');
  process.exit(2);
}
const parseMessage = await loadParser();
const notes = [];
const sets = {};
for (const set of await findSets(folder)) sets[set.name] = report(await scoreSet(set, parseMessage, notes));
printTable(sets);
if (flags.includes('--verbose')) for (const note of notes) console.log(note);
const jsonAt = flags.indexOf('--json');
if (jsonAt >= 0) await writeFile(flags[jsonAt + 1], `${JSON.stringify({ sets: asPublished(sets) }, null, 2)}\n`);

/** Without what only the table shows. */
function asPublished(scored) {
  return Object.fromEntries(
    Object.entries(scored).map(([name, { visible, ...rest }]) => [
      name,
      { ...rest, visible: { judged: visible.judged, right: visible.right, lost: visible.lost, exact: visible.exact } },
    ]),
  );
}
