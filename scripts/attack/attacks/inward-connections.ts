import { findingOf, type Attack } from '../types';

const HOSTS = ['169.254.169.254', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', 'fe80::1'];
const PRIVATE = ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '::1', 'fec0::1', '64:ff9b:1::7f00:1', '2001:0:7f00:1::'];

export const attack: Attack = {
  title: 'A scanner’s host that leads to the own network, or to a cloud’s credentials',
  async run({ app }) {
    const name = 'plugin::mail-scanner.allowPrivateAddresses';
    const before = app.strapi.config.get(name);
    const wrong: string[] = [];
    const tryAll = async (hosts: string[]) => {
      for (const host of hosts) {
        const { code } = await app.api('POST', '/scanners/test', { host, port: 9, encryption: 'none', username: 'bo', password: 'x' });
        if (code !== 'hostRefused') wrong.push(`${host}: ${code}`);
      }
    };
    await tryAll(HOSTS);
    app.strapi.config.set(name, false);
    await tryAll([...HOSTS, ...PRIVATE]).finally(() => app.strapi.config.set(name, before));
    return findingOf(wrong, `none of ${HOSTS.length + PRIVATE.length} spellings is connected to`);
  },
};
