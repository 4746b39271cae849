import { describe, expect, test } from 'vitest';
import { addressFor, HostRefused } from '../../server/services/network/reach';

const open = { allowedHosts: null, allowPrivateAddresses: true };
const closed = { allowedHosts: null, allowPrivateAddresses: false };

describe('without private addresses', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '::1',
    '::',
    '[::1]',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::7f00:1',
    '2001:0:7f00:1::',
    'fec0::1',
    'feff::1',
    'fec0::1%lo',
    '2002:7f00:1::',
    'localhost',
    // Other spellings of 127.0.0.1, which the system's look-up understands.
    '2130706433',
    '0x7f.1',
    '017700000001',
  ])('%s is refused, and the message names the setting', async (host) => {
    await expect(addressFor(host, closed)).rejects.toThrow(HostRefused);
    await expect(addressFor(host, closed)).rejects.toThrow('allowPrivateAddresses');
  });

  test.each(['8.8.8.8', '172.32.0.1', '2606:4700:4700::1111'])('%s is reached', async (host) => {
    expect(await addressFor(host, closed)).toBe(host);
  });
});

describe('with private addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', 'localhost', '::1'])('%s is reached by its name', async (host) => {
    expect(await addressFor(host, open)).toBe(host);
  });

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fe80::1%lo',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '::a9fe:a9fe',
    '224.0.0.1',
    '255.255.255.255',
  ])('%s is refused all the same', async (host) => {
    await expect(addressFor(host, open)).rejects.toThrow(HostRefused);
  });
});

test('a name that cannot be looked up is left to the connection, which says so', async () => {
  expect(await addressFor('no-such-host.invalid', closed)).toBe('no-such-host.invalid');
});

test('of limited hosts all others are refused, whatever their address', async () => {
  const limited = { ...open, allowedHosts: ['Mail.Example.com', '*.example.org', '127.0.0.1'] };
  for (const host of ['mail.example.com', 'MAIL.example.com.', 'imap.example.org', 'a.b.example.org', '127.0.0.1'])
    await expect(addressFor(host, limited), host).resolves.toBe(host);
  for (const host of ['example.org', 'evil-example.org', 'mail.example.com.evil.test', '127.0.0.2', '8.8.8.8']) {
    await expect(addressFor(host, limited), host).rejects.toThrow('allowedHosts');
  }
});
