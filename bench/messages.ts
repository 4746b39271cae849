import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { randomness } from './measure';

/**
 * Messages for benchmarks, such as mail programs write them: about 4 kB, three of five with an HTML part, quoted-printable, signed (DKIM) and
 * handed on by several servers (Received), with accents. No two alike, and the same on every machine.
 */

const WORDS = (
  'the printer order account password delivery address refund please since yesterday customer number error screen update broken ' +
  'market window server cannot open when arrive invoice contract payment Größe Straße Lieferung möchte können für über Rechnung Gerät café ' +
  'résumé señor mañana garçon déjà problème réseau température qualité façade'
).split(' ');

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function text(random: () => number, sentences: number): string {
  const sentence = () => {
    const words = Array.from({ length: 8 + Math.floor(random() * 8) }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
    return `${words[0].toUpperCase()}${words.slice(1)}.`;
  };
  const all = Array.from({ length: sentences }, sentence);
  return all.map((each, index) => (index % 3 === 2 ? `${each}\r\n\r\n` : `${each} `)).join('');
}

const letters = (random: () => number, count: number): string =>
  Array.from({ length: count }, () => LETTERS[Math.floor(random() * 64)]).join('');

const day = (number: number, index: number): string =>
  new Date(Date.UTC(2026, 0, number, 0, 0, index)).toUTCString().replace('GMT', '+0000');

export function newMessage(round: number, index: number, senders: number): string {
  const random = randomness(round * 1_000_003 + index + 1);
  const sender = index % senders;
  const headers = [
    ...handedOn(random, 'customer.test', day(1, index)),
    `From: =?utf-8?Q?J=C3=BCrgen_M=C3=BCller${sender}?= <customer${sender}.${round}@customer.test>`,
    'To: Support <support@example.com>',
    `Subject: =?utf-8?Q?Frage_${round}-${index}_zum_Ger=C3=A4t?=`,
    `Date: ${day(1, index)}`,
    `Message-ID: <new-${round}-${index}@customer.test>`,
  ];
  return withBody(random, headers, `Hello,\r\n\r\nrequest ${round}-${index}. ${text(random, 9)}\r\n--\r\nJürgen Müller\r\n`, '');
}

interface Asked {
  ticketNumber: string;
  title: string;
  threadToken: string;
  contact: { email: string };
}

/** As a mail program answers: the ticket's number in the subject, our ids in References, the quoted original below. */
export function reply(round: number, index: number, { ticketNumber, title, threadToken, contact }: Asked): string {
  const random = randomness(round * 2_000_003 + index + 1);
  const ids = [`<${threadToken}@example.com>`, `<${threadToken}.${'0'.repeat(31)}1@example.com>`];
  const headers = [
    ...handedOn(random, 'customer.test', day(2, index)),
    `From: ${contact.email}`,
    'To: Support <support@example.com>',
    `Subject: =?utf-8?B?${Buffer.from(`Re: ${title} [${ticketNumber}]`).toString('base64')}?=`,
    `Date: ${day(2, index)}`,
    `Message-ID: <reply-${round}-${index}@customer.test>`,
    `In-Reply-To: ${ids[1]}`,
    `References: ${ids.join(' ')}`,
  ];
  const quoted = `##- Please type your reply above this line -##\r\n${text(random, 7)}`;
  return withBody(random, headers, `Thank you for the help with ${round}-${index}. ${text(random, 3)}\r\n`, quoted);
}

/** Of what servers add on the way. */
function handedOn(random: () => number, domain: string, date: string): string[] {
  const hop = (from: string, by: string) =>
    `Received: from ${from} (${from} [192.0.2.${1 + Math.floor(random() * 200)}])\r\n by ${by} with ESMTPS id ${letters(random, 12).replace(/[+/]/g, 'x')}\r\n for <support@example.com>; ${date}`;
  return [
    `Return-Path: <bounces@${domain}>`,
    hop(`relay.${domain}`, 'mx.example.com'),
    hop(`mail.${domain}`, `relay.${domain}`),
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=s1;\r\n h=from:to:subject:date:message-id; bh=${letters(random, 43)}=;\r\n b=${[64, 64, 64, 64, 60].map((count) => letters(random, count)).join('\r\n ')}==`,
    'X-Mailer: Mail 16.0',
  ];
}

function withBody(random: () => number, headers: string[], written: string, quoted: string): string {
  const below = quoted && `\r\nOn Thu, 1 Jan 2026 at 10:00, Support <support@example.com> wrote:\r\n`;
  const plain = `${written}${below}${quoted.replace(/^/gm, quoted ? '> ' : '')}`;
  const part = (type: string, content: string) =>
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(content)}`;
  if (random() >= 0.6) return `${[...headers, 'MIME-Version: 1.0'].join('\r\n')}\r\n${part('text/plain', plain)}\r\n`;
  const paragraphs = (words: string) => words.replaceAll('\r\n', '<br>\r\n');
  const html = `<html><head><style>p { margin: 0 }</style></head><body><div><p style="font-family: sans-serif">${paragraphs(written)}</p></div>${below && `<div>${below}</div><blockquote>${paragraphs(quoted)}</blockquote>`}</body></html>`;
  const boundary = `=_${letters(random, 20).replace(/[+/]/g, 'x')}`;
  const parts = [part('text/plain', plain), part('text/html', html)].map((each) => `--${boundary}\r\n${each}\r\n`).join('');
  return `${[...headers, 'MIME-Version: 1.0', `Content-Type: multipart/alternative; boundary="${boundary}"`].join('\r\n')}\r\n\r\n${parts}--${boundary}--\r\n`;
}

function quotedPrintable(content: string): string {
  const line = (words: string) => {
    const encoded = Array.from(Buffer.from(words), (byte) =>
      byte === 61 || byte > 126 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
    );
    const lines = [''];
    for (const piece of encoded) {
      if (lines.at(-1)!.length + piece.length > 75) lines.push('');
      lines[lines.length - 1] += piece;
    }
    return lines.join('=\r\n').replace(/ $/, '=20');
  };
  return content.split('\r\n').map(line).join('\r\n');
}

/** The mails of the folder that BENCH_MAILS names (.eml files), each with a Message-ID of its own; null: none is named. */
export function mailsOfFolder(): string[] | null {
  const folder = process.env.BENCH_MAILS;
  if (!folder) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  if (files.length === 0) throw new Error(`BENCH_MAILS: there is no .eml file in ${folder}.`);
  return files.map((name) => readFileSync(path.join(folder, name), 'latin1'));
}

/** The same mail as another one: what it is recognised by differs. */
export const renumbered = (mail: string, number: string): string => {
  const end = /\r?\n\r?\n/.exec(mail)?.index ?? mail.length;
  const head = mail.slice(0, end).replace(/^message-id:.*(?:\r?\n[ \t].*)*\r?\n?/gim, '');
  return `Message-ID: <bench-${number}@customer.test>\r\n${head}${mail.slice(end)}`;
};
