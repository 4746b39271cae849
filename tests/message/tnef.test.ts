import { expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';
import { mail } from './support';

/** winmail.dat of Outlook ([MS-OXTNEF]), made here with the fewest attributes. */

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);
const attribute = (level: number, id: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([level]), u16(id), u16(6), u32(value.length), value, u16(0)]);
const padded = (value: Buffer): Buffer => Buffer.concat([u32(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
/** Properties by id: a text, or bytes as an object. */
const properties = (...all: [id: number, value: string | Buffer][]): Buffer =>
  Buffer.concat([
    u32(all.length),
    ...all.map(([id, value]) =>
      Buffer.concat([u16(typeof value === 'string' ? 0x1f : 0x0d), u16(id), u32(1), padded(Buffer.from(value as string, 'utf16le'))]),
    ),
  ]);
const tnef = (...attributes: Buffer[]): Buffer => Buffer.concat([u32(0x223e9f78), u16(1), ...attributes]);
const read = (content: Buffer) =>
  parseMessage(
    mail({ 'Content-Type': 'application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding': 'base64' }, content.toString('base64')),
  );

const RENDERING = attribute(2, 0x9002, Buffer.alloc(14));
const MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');
const picture = Buffer.from('GIF89a');
const inner = tnef(
  attribute(1, 0x8000, Buffer.from('\0\0Ann\0SMTP:ann@customer.test\0')),
  attribute(1, 0x8004, Buffer.from('Die Lampe\0')),
  attribute(1, 0x9003, properties([0x1000, 'Sie flackert: 100 € – schade.'], [0x0c1a, 'Änn Müller'])),
  RENDERING,
  attribute(2, 0x8010, Buffer.from('lamp.gif\0')),
  attribute(2, 0x800f, picture),
);

test('an email in a winmail.dat is an email that can be opened, with its own words and files', async () => {
  const unsupported = Buffer.from('This attachment is a MAPI 1.0 embedded message and is not supported by this mail system.\0');
  const outer = tnef(
    RENDERING,
    attribute(2, 0x800f, unsupported),
    attribute(2, 0x9005, properties([0x3701, Buffer.concat([MESSAGE, inner])])),
  );
  const [first, again] = [await read(outer), await read(outer)];
  expect(first.attachments).toMatchObject([{ name: 'Die Lampe.eml', mime: 'message/rfc822' }]);
  expect(first.contentHash).toBe(again.contentHash);
  expect(first.forwarded).toMatchObject({ from: { address: 'ann@customer.test' }, subject: 'Die Lampe' });
  expect(await parseMessage(first.attachments[0].content)).toMatchObject({
    from: { name: 'Änn Müller', address: 'ann@customer.test' },
    subject: 'Die Lampe',
    text: 'Sie flackert: 100 € – schade.',
    attachments: [{ name: 'lamp.gif', size: picture.length }],
  });
});

test('emails within emails end somewhere', async () => {
  let content = inner;
  for (let i = 0; i < 30; i++)
    content = tnef(RENDERING, attribute(2, 0x9005, properties([0x3701, Buffer.concat([MESSAGE, content])], [0x3001, `Level ${i}`])));
  const message = await read(content);
  expect(message.attachments).toHaveLength(1);
  expect(message.attachments[0].size).toBeLessThan(3 * content.length);
});

test('a picture that the HTML of a winmail.dat shows is no file to list', async () => {
  const message = await read(
    tnef(
      attribute(1, 0x9003, properties([0x1013, '<p>Look: <img src="cid:lamp@outlook"></p>'])),
      RENDERING,
      attribute(2, 0x800f, picture),
      attribute(2, 0x9005, properties([0x3707, 'lamp.gif'], [0x3712, 'lamp@outlook'])),
    ),
  );
  expect(message.attachments).toMatchObject([{ name: 'lamp.gif', contentId: 'lamp@outlook', inline: true }]);
});

test.each([
  ['IPM.Microsoft Mail.Read Receipt', 'receipt', 'outlook-receipt'],
  ['IPM.Note.Rules.OofTemplate.Microsoft', 'auto-reply', 'outlook-rule'],
  ['IPM.Note.Rules.ReplyTemplate.Microsoft', 'auto-reply', 'outlook-rule'],
])('a message of the class %s is no letter', async (name, kind, reason) => {
  const { automatic } = await read(tnef(attribute(1, 0x8008, Buffer.from(`${name}\0`)), attribute(1, 0x8004, Buffer.from('Lamp\0'))));
  expect(automatic).toMatchObject({ kind, reasons: [reason] });
});

test('a letter in a winmail.dat is one', async () => {
  const letter = tnef(attribute(1, 0x8008, Buffer.from('IPM.Microsoft Mail.Note\0')), attribute(1, 0x8004, Buffer.from('Read Receipt\0')));
  expect((await read(letter)).automatic).toBeNull();
});
