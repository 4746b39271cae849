import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type Desk } from '../support/desk';
import { bounceOf, mail } from '../support/helpdesk';

/** Somebody who writes as another: what the mailbox's own server says of From counts for that From alone. */

let { app, sink, scanner, arrives, stop } = {} as Desk;

beforeAll(async () => {
  ({ app, sink, scanner, arrives, stop } = await startDesk());
  await app.api('PUT', `/scanners/${scanner.documentId}`, { authservId: 'mx.example.com' });
  await app.api('PUT', '/settings', { staffDomains: ['example.com'] });
});

afterAll(() => stop?.());

async function ticketBy(title: string): Promise<any> {
  const found = (await app.api('GET', `/tickets?search=${encodeURIComponent(title)}`)).find((ticket: any) => ticket.title === title);
  return app.api('GET', `/tickets/${found.documentId}`);
}

const OTHERS: Record<string, { from: string; results: string }> = {
  'two addresses in From': { from: 'jane@customer.test, eve@evil.test', results: 'dmarc=pass header.from=evil.test' },
  'a pass for another domain': { from: 'jane@customer.test', results: 'dmarc=pass header.from=evil.test' },
  'a second From': { from: 'jane@customer.test\r\nFrom: eve@evil.test', results: 'dmarc=pass header.from=customer.test' },
  'an encoded word in the address': { from: '<=?utf-8?q?jane?=@customer.test>', results: 'dmarc=pass header.from=customer.test' },
  'a permerror': { from: 'jane@customer.test', results: 'dmarc=permerror header.from=customer.test' },
  'no policy, and SPF of another': {
    from: 'jane@customer.test',
    results: 'dmarc=none header.from=customer.test; spf=pass smtp.mailfrom=evil.test',
  },
};

describe.each(Object.entries(OTHERS))('with %s', (name, { from, results }) => {
  const headers = { 'Authentication-Results': `mx.example.com; ${results}` };

  test('nobody joins by a number or by the Message-ID of a customer, nor is verified', async () => {
    const title = `Mine alone, ${name}`;
    const id = `<${name.replaceAll(/\W/g, '')}@customer.test>`;
    await arrives(mail({ from: 'jane@customer.test', subject: title, messageId: id }));
    const { ticketNumber } = await ticketBy(title);
    await arrives(
      mail({ from, subject: `A number ${ticketNumber} ${name}`, headers }),
      mail({ from, subject: `A thread ${name}`, headers: { ...headers, References: id } }),
    );
    expect((await ticketBy(title)).comments).toHaveLength(1);
    for (const subject of [`A number ${ticketNumber} ${name}`, `A thread ${name}`])
      expect(await ticketBy(subject)).toMatchObject({ related: { ticketNumber }, comments: [{ verified: false }] });
  });

  test('nobody forwards as a colleague', async () => {
    const text =
      '---------- Forwarded message ---------\nFrom: Carla <carla@customer.test>\nSubject: Pay\nTo: <tom@example.com>\n\nHello.\n';
    const asTom = from.replaceAll('jane@customer.test', 'tom@example.com').replaceAll('@customer.test', '@example.com');
    const said = { 'Authentication-Results': headers['Authentication-Results'].replaceAll('customer.test', 'example.com') };
    await arrives(mail({ from: asTom, subject: `Fwd: Pay, ${name}`, text, headers: said }));
    const [{ contact }] = await app.api('GET', '/tickets?sort=createdAt:desc');
    expect(contact?.email).not.toBe('carla@customer.test');
  });
});

test.each(['none', 'temperror', 'bestguesspass'])('%s is no proof, and does not keep a customer out', async (result) => {
  await arrives(mail({ from: 'ann@small.test', subject: `From a small firm, ${result}` }));
  const { ticketNumber } = await ticketBy(`From a small firm, ${result}`);
  const results = `mx.example.com; dmarc=${result} header.from=small.test; spf=pass smtp.mailfrom=small.test`;
  await arrives(mail({ from: 'ann@small.test', subject: `Again ${ticketNumber}`, headers: { 'Authentication-Results': results } }));
  const { comments } = await ticketBy(`From a small firm, ${result}`);
  expect(comments.map(({ verified, matchedBy }: any) => [verified, matchedBy])).toEqual([
    [false, 'new'],
    [false, 'ticketNumber'],
  ]);
});

describe('a bounce', () => {
  async function sentTo(title: string): Promise<{ documentId: string; messageId: string }> {
    await arrives(mail({ from: 'frank@customer.test', subject: title, headers: { Cc: 'eve@partner.test' } }));
    const { documentId } = await ticketBy(title);
    const recipients = { to: [{ address: 'frank@customer.test' }], cc: [{ address: 'eve@partner.test' }] };
    await app.api('POST', `/tickets/${documentId}/comments`, { text: 'We look into it.', isPublic: true, ...recipients });
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    return { documentId, messageId: sink.mails.at(-1)!.parsed.messageId! };
  }
  const deliveryOf = async (documentId: string) => (await app.api('GET', `/tickets/${documentId}`)).comments[1].delivery;
  const bouncesIn = async (documentId: string) =>
    (await app.api('GET', `/tickets/${documentId}`)).comments.filter(({ matchedBy }: any) => matchedBy === 'bounce').length;

  test('from somebody who had the email themselves counts for nothing', async () => {
    const { documentId, messageId } = await sentTo('Copied to Eve');
    await arrives(
      bounceOf(messageId, 'frank@customer.test', { from: 'Mail Delivery System <eve@partner.test>' }),
      bounceOf(messageId, 'frank@customer.test', { headers: { 'Return-Path': '<eve@partner.test>' } }),
      bounceOf(messageId, 'frank@customer.test', { headers: { Sender: 'eve@partner.test' } }),
    );
    expect(await deliveryOf(documentId)).toMatchObject({ state: 'sent', bouncedAt: null });
    expect((await app.api('GET', `/tickets/${documentId}`)).contact.undeliverable).toBe(false);
  });

  test('whose sender fails DMARC counts for nothing', async () => {
    const { documentId, messageId } = await sentTo('A forged report');
    const headers = { 'Authentication-Results': 'mx.example.com; dmarc=fail header.from=mx.dead.test' };
    await arrives(bounceOf(messageId, 'frank@customer.test', { headers }));
    expect(await deliveryOf(documentId)).toMatchObject({ state: 'sent', bouncedAt: null });
  });

  test('counts once for an email and a recipient, also after a delay, in one scan or in several', async () => {
    const { documentId, messageId } = await sentTo('Bounced often');
    const delayed = () => bounceOf(messageId, 'frank@customer.test', { action: 'delayed', status: '4.4.1' });
    await arrives(delayed(), delayed());
    expect([await bouncesIn(documentId), (await deliveryOf(documentId)).bouncedAt]).toEqual([1, null]);
    await arrives(bounceOf(messageId, 'frank@customer.test'), bounceOf(messageId, 'frank@customer.test'));
    expect(await arrives(bounceOf(messageId, 'frank@customer.test'))).toEqual({ bounce: 1 });
    expect(await bouncesIn(documentId)).toBe(2);
    expect((await deliveryOf(documentId)).bouncedAt).not.toBeNull();
    // Another recipient, and one whom we never wrote to: forwarded on the way, say.
    await arrives(bounceOf(messageId, 'eve@partner.test'), bounceOf(messageId, 'one@else.test'), bounceOf(messageId, 'two@else.test'));
    expect(await bouncesIn(documentId)).toBe(4);
  });

  test('counts again for an email that was sent once more', async () => {
    const { documentId, messageId } = await sentTo('Sent twice');
    await arrives(bounceOf(messageId, 'frank@customer.test'));
    const { documentId: delivery } = await deliveryOf(documentId);
    await app.api('POST', `/deliveries/${delivery}/retry`);
    await app.strapi.plugin('mail-scanner').service('outbox').deliver();
    expect(await deliveryOf(documentId)).toMatchObject({ state: 'sent' });
    await arrives(bounceOf(messageId, 'frank@customer.test'));
    expect(await deliveryOf(documentId)).toMatchObject({ state: 'failed' });
  });
});
