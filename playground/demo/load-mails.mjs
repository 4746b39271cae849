import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The emails that wait in the demo's mailbox. They are written down with times before "now", such as `{{-2d3h}}`, so that
 * the demo looks alive whenever it is started: `{{-90m}}` is a Date header's time, `{{-90m|words}}` one in a sentence.
 */

const MAILS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'mails');
const PLACEHOLDER = /\{\{-((?:\d+[dhm])+)(?:\|(words))?\}\}/g;
const UNIT_MS = { d: 24 * 60 * 60 * 1000, h: 60 * 60 * 1000, m: 60 * 1000 };

/**
 * All of them, oldest first.
 *
 * @param {Date} now
 * @returns {{ name: string, source: Buffer, receivedAt: Date }[]}
 */
export function demoMails(now = new Date()) {
  return readdirSync(MAILS)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => ({ name, ...toMail(readFileSync(path.join(MAILS, name)), now) }))
    .sort((one, other) => one.receivedAt - other.receivedAt);
}

/**
 * Puts them into a mailbox that nobody has used yet. Returns how many that were: none when the demo goes on.
 *
 * @param {{ open(address: string): boolean, deliver(address: string, source: Buffer, receivedAt: Date): void }} server
 */
export function fillNewMailbox(server, address, now = new Date()) {
  if (!server.open(address)) return 0;
  const mails = demoMails(now);
  for (const { source, receivedAt } of mails) server.deliver(address, source, receivedAt);
  return mails.length;
}

/** Bytes stay bytes: the mails are in many charsets, the placeholders in ASCII. */
function toMail(bytes, now) {
  let receivedAt;
  const source = bytes.toString('latin1').replace(PLACEHOLDER, (_, before, words, offset, whole) => {
    const time = new Date(now - millisecondsOf(before));
    // The header comes first; a forwarded mail in the text has one of its own.
    if (/(?:^|\n)Date: $/.test(whole.slice(Math.max(0, offset - 7), offset))) receivedAt ??= time;
    return words ? inWords(time) : headerDate(time);
  });
  return { source: Buffer.from(source.replace(/\r?\n/g, '\r\n'), 'latin1'), receivedAt };
}

function millisecondsOf(text) {
  return [...text.matchAll(/(\d+)([dhm])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit], 0);
}

/** RFC 5322 §3.3. */
function headerDate(time) {
  return time.toUTCString().replace('GMT', '+0000');
}

/** As Gmail writes it above a quote. */
function inWords(time) {
  const day = time.toLocaleDateString('en-US', { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' });
  const clock = time.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return `${day} at ${clock}`;
}
