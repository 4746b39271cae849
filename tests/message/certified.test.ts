import { describe, expect, test } from 'vitest';

import { parseMessage } from '../../server/services/message/parse';

/** Certified mail of Italy (PEC, RFC 6109). */

const PROVIDER = 'posta-certificata@pec.provider.test';
const part = (head: string[], ...body: string[]): string[] => ['--edge', ...head, '', ...body];
const xml = (...lines: string[]): string[] =>
  part(['Content-Type: application/xml; name="daticert.xml"', 'Content-Disposition: inline; filename="daticert.xml"'], ...lines);
const read = (head: string[], ...parts: string[][]) =>
  parseMessage(
    Buffer.from(
      [
        ...head,
        'To: desk@desk.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=edge',
        '',
        ...parts.flat(),
        '--edge--',
      ].join('\r\n'),
    ),
    { trustedAuthservIds: ['mx.desk.example'] },
  );

const notice = part(['Content-Type: text/plain'], 'Messaggio di posta certificata', 'Il messaggio originale è incluso in allegato.');
const original = (from: string): string[] =>
  part(
    ['Content-Type: message/rfc822; name="postacert.eml"', 'Content-Disposition: attachment; filename="postacert.eml"'],
    `From: ${from}`,
    'Message-ID: <lamp@pec.shop.test>',
    'In-Reply-To: <delivery.42@desk.example>',
    'X-Ricevuta: errore-consegna',
    'Subject: Re: La lampada',
    '',
    'La lampada non funziona.',
    '',
    'Il 24/11/2026 08:01, Desk ha scritto:',
    '> Funziona?',
  );

describe('an envelope shows what was written, and by whom', () => {
  test.each([
    ['of certified mail', 'posta-certificata', 'POSTA CERTIFICATA'],
    ['of ordinary mail to a certified mailbox', 'errore', 'ANOMALIA MESSAGGIO'],
  ])('%s', async (_, kind, prefix) => {
    const message = await read(
      [
        `From: "Per conto di: ann@pec.shop.test" <${PROVIDER}>`,
        `Subject: ${prefix}: Re: La lampada`,
        `X-Trasporto: ${kind}`,
        'Message-ID: <opec1@pec.provider.test>',
        'Authentication-Results: mx.desk.example; dmarc=pass header.from=pec.provider.test',
      ],
      notice,
      original('Ann Petri <ann@pec.shop.test>'),
      xml(`<postacert tipo="posta-certificata" errore="nessuno"></postacert>`),
    );
    expect(message).toMatchObject({
      from: { name: 'Ann Petri', address: 'ann@pec.shop.test' },
      subject: 'Re: La lampada',
      inReplyTo: ['delivery.42@desk.example'],
      visibleText: 'La lampada non funziona.',
      attachments: [{ name: 'daticert.xml' }],
      automatic: null,
      bounce: null,
      forwarded: null,
      identity: 'unknown',
    });
    expect(message.headers['x-trasporto']).toEqual([kind]);
  });

  test('not where the envelope names another author, nor without the mark of one', async () => {
    const head = [`From: "Per conto di: ann@pec.shop.test" <${PROVIDER}>`, 'Subject: POSTA CERTIFICATA: x'];
    for (const [mark, author] of [
      ['X-Trasporto: posta-certificata', 'bob@bank.test'],
      ['X-Other: 1', 'ann@pec.shop.test'],
    ]) {
      const message = await read([...head, mark], notice, original(author));
      expect(message).toMatchObject({ from: { address: PROVIDER }, attachments: [{ name: 'postacert.eml' }] });
    }
  });
});

const receipt = (kind: string, subject: string, ...parts: string[][]) =>
  read(
    [`From: ${PROVIDER}`, `Subject: ${subject}: Lamp`, `X-Ricevuta: ${kind}`, 'X-Riferimento-Message-ID: <delivery.42@desk.example>'],
    part(['Content-Type: text/plain'], 'Il messaggio "Lamp" destinato a "ann@pec.shop.test".'),
    ...parts,
  );

test.each([
  ['accettazione', 'ACCETTAZIONE'],
  ['presa-in-carico', 'PRESA IN CARICO'],
  ['avvenuta-consegna', 'CONSEGNA'],
])('a receipt of %s is a notice of delivery, and nobody’s request', async (kind, subject) => {
  const message = await receipt(kind, subject, original('desk@desk.example'));
  expect(message).toMatchObject({ automatic: { kind: 'delivered' }, bounce: null, forwarded: null });
});

test.each([
  ['errore-consegna', 'no-dest', { status: '5.1.1', permanent: true, delayed: false, dead: true }],
  ['errore-consegna', 'altro', { status: null, permanent: true, delayed: false, dead: false }],
  ['preavviso-errore-consegna', 'altro', { permanent: false, delayed: true, dead: false }],
  ['rilevazione-virus', 'virus', { permanent: true, dead: false }],
])('a receipt of %s (%s) says what became of our email', async (kind, error, expected) => {
  const message = await receipt(
    kind,
    'AVVISO DI MANCATA CONSEGNA',
    xml(
      `<postacert tipo="${kind}" errore="${error}"><intestazione><destinatari tipo="certificato">bob@pec.shop.test</destinatari></intestazione>`,
      '<dati><consegna>ann@pec.shop.test</consegna><errore-esteso>L&apos;indirizzo Provider</errore-esteso></dati></postacert>',
    ),
  );
  expect(message).toMatchObject({
    automatic: { kind: 'bounce' },
    bounce: { originalMessageIds: ['delivery.42@desk.example'], recipients: [{ address: 'ann@pec.shop.test', ...expected }] },
  });
});
