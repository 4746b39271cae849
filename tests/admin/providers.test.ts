import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { incomingServer, outgoingServer, portOf, PROVIDERS, providerOf } from '../../admin/src/shared/utils/providers';

const wellKnown: Record<string, { host?: string; port?: number; domains?: string[] }> = createRequire(import.meta.url)(
  'nodemailer/lib/well-known/services.json',
);

test('some twenty providers are known, each domain once', () => {
  expect(PROVIDERS.length).toBeGreaterThanOrEqual(20);
  const domains = PROVIDERS.flatMap((provider) => provider.domains);
  expect(new Set(domains).size).toBe(domains.length);
});

test('an address finds its provider in any case, an own domain and half an address none', () => {
  expect(providerOf(' Jane@GoogleMail.com ')?.name).toBe('Gmail');
  expect(providerOf('jane@example.com')).toBeNull();
  expect(providerOf('jane@')).toBeNull();
  expect(providerOf('')).toBeNull();
});

test('a mailbox is read by TLS; a provider without POP3 offers none', () => {
  const gmail = providerOf('a@gmail.com')!;
  expect(incomingServer(gmail, 'imap')).toEqual({ host: 'imap.gmail.com', port: 993, encryption: 'ssl' });
  expect(incomingServer(gmail, 'pop3')).toEqual({ host: 'pop.gmail.com', port: 995, encryption: 'ssl' });
  expect(incomingServer(providerOf('a@icloud.com')!, 'pop3')).toBeNull();
});

test('a change of the encryption changes the port', () => {
  expect([portOf('imap', 'starttls'), portOf('pop3', 'none'), portOf('smtp', 'ssl'), portOf('smtp', 'starttls')]).toEqual([
    143, 110, 465, 587,
  ]);
});

/** nodemailer sends German addresses to the international server, too. */
const OTHERWISE = ['GMX'];

describe('outgoing servers agree with nodemailer’s well-known list', () => {
  const both = PROVIDERS.flatMap((provider) => {
    const known = Object.values(wellKnown).find(
      ({ domains, host }) => host && domains?.some((domain) => provider.domains.includes(domain)),
    );
    return known && !OTHERWISE.includes(provider.name) ? [{ name: provider.name, provider, known }] : [];
  });

  test('which knows many of them', () => expect(both.length).toBeGreaterThanOrEqual(8));
  test.each(both)('$name', ({ provider, known }) => expect(outgoingServer(provider).host).toBe(known.host));
});
