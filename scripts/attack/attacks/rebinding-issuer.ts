import dns from 'node:dns';
import { createServer, type AddressInfo } from 'node:net';
import { findingOf, type Attack } from '../types';

const HOST = 'rebinding.attack.test';

export const attack: Attack = {
  title: 'An OAuth issuer whose name has another address once it has been checked (DNS rebinding)',
  async run({ app }) {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {}).destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    let lookedUpAgain = 0;
    const { lookup } = dns;
    const check = dns.promises.lookup;
    // The check asks the first, a connection by name the second.
    dns.promises.lookup = (async (host: string, ...rest: unknown[]) =>
      host === HOST ? [{ address: '127.0.0.1', family: 4 }] : (check as any)(host, ...rest)) as typeof check;
    dns.lookup = ((host: string, ...rest: any[]) => {
      if (host !== HOST) return (lookup as any)(host, ...rest);
      lookedUpAgain += 1;
      rest.at(-1)(Object.assign(new Error('rebound'), { code: 'EREBOUND' }));
    }) as typeof lookup;
    try {
      const issuer = `https://${HOST}:${(server.address() as AddressInfo).port}`;
      await app.api('PUT', '/oauth-providers/oidc', { clientId: 'attack', clientSecret: 'attack', issuer });
      await app.request('GET', '/oauth/oidc/start');
    } finally {
      Object.assign(dns, { lookup });
      dns.promises.lookup = check;
      server.close();
    }
    const wrong = [
      ...(lookedUpAgain > 0 ? ['the name was looked up again to connect'] : []),
      ...(connections === 0 ? ['the checked address was not connected to'] : []),
    ];
    return findingOf(wrong, 'the address that was checked is the one connected to');
  },
};
