import type { Address } from '../message/types';
import { MARK_HEADER } from './site-mark';

/**
 * What the known providers of Strapi's Email plugin are handed, as their published packages read it: each passes on what it knows by its own
 * name, and some refuse or drop all else. Pure.
 */

export interface Parts {
  /** Null: the one of the site's settings. */
  from: Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** Null: the one of the site's settings. */
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  /** With angle brackets. */
  messageId: string | null;
  /** Without the Message-ID. */
  headers: Record<string, string>;
  files: Part[];
}

export interface Part {
  name: string;
  mime: string;
  /** In base64. */
  content: string;
  /** Of a picture in the HTML, without angle brackets. */
  contentId: string | null;
}

type Shape = (parts: Parts) => Record<string, unknown>;

/** A name is quoted only where it has to be (RFC 5322 §3.2.3): SendGrid's package keeps the quotes as a part of it. */
function named({ name, address }: Address): string {
  const line = name.replace(/[\r\n]+/g, ' ').trim();
  if (line === '') return address;
  const isPlain = /^[\p{L}\p{N} '’_-]+$/u.test(line) || /^(=\?UTF-8\?B\?[\w+/=]+\?= ?)+$/.test(line);
  return isPlain ? `${line} <${address}>` : `"${line.replace(/[\\"]/g, '\\$&')}" <${address}>`;
}

/** Several in one text are one address for Amazon SES and SendGrid. */
const all = (addresses: Address[]): string | string[] => (addresses.length === 1 ? named(addresses[0]) : addresses.map(named));
const inOneText = (addresses: Address[]): string | undefined => (addresses.length > 0 ? addresses.map(named).join(', ') : undefined);
const byEmail = ({ address, name }: Address) => ({ email: address, ...(name ? { name } : {}) });
const byCapitals = ({ address, name }: Address) => ({ Email: address, ...(name ? { Name: name } : {}) });

const headersOf = ({ headers, messageId }: Parts): Record<string, string> => ({
  ...headers,
  ...(messageId ? { 'Message-ID': messageId } : {}),
});

const pairs = (parts: Parts) => Object.entries(headersOf(parts)).map(([Name, Value]) => ({ Name, Value }));

const texts = ({ subject, text, html }: Parts) => ({ subject, text, html });

const people = ({ from, to, cc, bcc, replyTo }: Parts) => ({
  ...(from ? { from: named(from) } : {}),
  to: all(to),
  ...(cc.length > 0 ? { cc: all(cc) } : {}),
  ...(bcc.length > 0 ? { bcc: all(bcc) } : {}),
  ...(replyTo ? { replyTo } : {}),
});

/** As nodemailer, SendGrid and most others name these things. */
const usual: Shape = (parts) => ({
  ...people(parts),
  ...texts(parts),
  ...(parts.messageId ? { messageId: parts.messageId } : {}),
  headers: headersOf(parts),
  ...(parts.files.length > 0 ? { attachments: parts.files.map(usualFile) } : {}),
});

function usualFile({ name, mime, content, contentId }: Part) {
  const disposition = contentId === null ? 'attachment' : 'inline';
  return {
    filename: name,
    content,
    encoding: 'base64',
    contentType: mime,
    type: mime,
    disposition,
    contentDisposition: disposition,
    ...(contentId === null ? {} : { cid: contentId, content_id: contentId, contentId }),
  };
}

/**
 * It takes headers as fields of their own, and files under other names. What else it is handed, it sends along as JSON, files too. A picture
 * in the text is found by its file name.
 */
const mailgun: Shape = (parts) => {
  const file = ({ name, content, mime, contentId }: Part) => ({
    filename: contentId ?? name,
    data: Buffer.from(content, 'base64'),
    contentType: mime,
  });
  const files = (isInline: boolean) => parts.files.filter(({ contentId }) => (contentId !== null) === isInline).map(file);
  return {
    ...people(parts),
    ...texts(parts),
    ...Object.fromEntries(Object.entries(headersOf(parts)).map(([name, value]) => [`h:${name}`, value])),
    ...(files(false).length > 0 ? { attachment: files(false) } : {}),
    ...(files(true).length > 0 ? { inline: files(true) } : {}),
  };
};

/** Where no header gets through, the name of the person who is answered bears our mark: an answer has it in To, and so is never taken for ours. */
const markedReplyTo = ({ headers, replyTo }: Parts): string | null => {
  const mark = headers[MARK_HEADER];
  return mark && replyTo ? `"${mark.replace(' ', '.')}" <${replyTo}>` : replyTo;
};

const withoutHeaders: Shape = (parts) => {
  const replyTo = markedReplyTo(parts);
  // The package of Resend reads `reply_to` alone.
  return { ...usual({ ...parts, replyTo }), ...(replyTo ? { reply_to: replyTo } : {}) };
};

/** Its API takes names in ASCII alone: others as encoded words (RFC 2047 §2), which are of 75 characters at most. */
const amazonSes: Shape = (parts) => {
  const encoded = ({ name, address }: Address): Address => ({ address, name: /^[\x20-\x7e]*$/.test(name) ? name : encodedWords(name) });
  const [to, cc, bcc] = [parts.to, parts.cc, parts.bcc].map((each) => each.map(encoded));
  return withoutHeaders({ ...parts, from: parts.from && encoded(parts.from), to, cc, bcc });
};

const CHARACTERS_A_WORD = 10;

function encodedWords(text: string): string {
  const characters = [...text];
  const words = Array.from({ length: Math.ceil(characters.length / CHARACTERS_A_WORD) }, (_, index) =>
    characters.slice(index * CHARACTERS_A_WORD, (index + 1) * CHARACTERS_A_WORD).join(''),
  );
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** Addresses in one text; headers as pairs. Asked so, Postmark keeps the Message-ID. */
const postmark: Shape = (parts) => ({
  ...people(parts),
  to: inOneText(parts.to),
  cc: inOneText(parts.cc),
  bcc: inOneText(parts.bcc),
  ...texts(parts),
  Headers: [...pairs(parts), ...(parts.messageId ? [{ Name: 'X-PM-KeepID', Value: 'true' }] : [])],
  Attachments: parts.files.map(({ name, mime, content, contentId }) => ({
    Name: name,
    Content: content,
    ContentType: mime,
    ...(contentId === null ? {} : { ContentID: `cid:${contentId}` }),
  })),
});

/** Its package takes one address in To, as it is; others go in copy. */
const brevo: Shape = (parts) => {
  const [{ address }, ...others] = parts.to;
  const cc = [...others, ...parts.cc];
  return {
    to: address,
    ...(parts.from ? { from: parts.from.address, sender: byEmail(parts.from) } : {}),
    ...(cc.length > 0 ? { cc: cc.map(byEmail) } : {}),
    ...(parts.bcc.length > 0 ? { bcc: parts.bcc.map(byEmail) } : {}),
    ...(parts.replyTo ? { replyTo: parts.replyTo } : {}),
    ...texts(parts),
    headers: headersOf(parts),
    ...(parts.files.length > 0 ? { attachment: parts.files.map(({ name, content }) => ({ name, content })) } : {}),
  };
};

/** It refuses names that it does not know, and a Message-ID that is not its own. */
const mailjet: Shape = (parts) => {
  const files = (isInline: boolean) => parts.files.filter(({ contentId }) => (contentId !== null) === isInline);
  const file = ({ name, mime, content }: Part) => ({ ContentType: mime, Filename: name, Base64Content: content });
  const inline = files(true).map((each) => ({ ...file(each), ContentID: each.contentId }));
  return {
    ...(parts.from ? { from: parts.from.address, fromName: parts.from.name } : {}),
    to: parts.to.map(byCapitals),
    ...(parts.cc.length > 0 ? { cc: parts.cc.map(byCapitals) } : {}),
    ...(parts.bcc.length > 0 ? { bcc: parts.bcc.map(byCapitals) } : {}),
    ...(parts.replyTo ? { ReplyTo: { Email: parts.replyTo } } : {}),
    ...texts(parts),
    Headers: parts.headers,
    ...(files(false).length > 0 ? { attachments: files(false).map(file) } : {}),
    ...(inline.length > 0 ? { InlinedAttachments: inline } : {}),
  };
};

/** By the names of the packages, as `provider` of the configuration has them; the first that fits. */
const SHAPES: [RegExp, Shape][] = [
  [/mailgun/i, mailgun],
  [/amazon-ses/i, amazonSes],
  [/^(strapi-provider-email-)?resend$/i, withoutHeaders],
  [/postmark/i, postmark],
  [/brevo|sendinblue/i, brevo],
  [/mailjet/i, mailjet],
];

/** The options of the plugin's `send`. `provider`: as the site's configuration names it. */
export const optionsFor = (provider: string, parts: Parts): Record<string, unknown> =>
  (SHAPES.find(([name]) => name.test(provider))?.[1] ?? usual)(parts);
