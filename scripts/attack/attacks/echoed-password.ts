import { createServer, type AddressInfo } from 'node:net';
import { scriptedImap } from '../../../tests/support/scripted-imap';
import { findingOf, type Attack } from '../types';

const SECRET = 'attack-pass-9!';
const FORMS = [SECRET, Buffer.from(`\0bo\0${SECRET}`).toString('base64'), Buffer.from(SECRET).toString('hex'), encodeURIComponent(SECRET)];

/** Something has to stand in its place, else nobody was asked. */
const tells = (answer: unknown): boolean => {
  const text = JSON.stringify(answer);
  return FORMS.some((form) => text.includes(form)) || !text.includes('***');
};

export const attack: Attack = {
  title: 'A mail server repeats the password that it was told',
  async run({ app }) {
    const wrong: string[] = [];
    for (const form of FORMS) {
      const imap = await scriptedImap({ answers: { LOGIN: `{tag} NO cannot take ${form}` } });
      const settings = { host: imap.host, port: imap.port, encryption: 'none', username: 'bo', password: SECRET };
      if (tells(await app.api('POST', '/scanners/test', settings))) wrong.push(`IMAP tells ${form}`);
      await imap.stop();

      const smtp = createServer((socket) => {
        socket
          .on('error', () => {})
          .on('data', (data) => {
            socket.write(data.toString().startsWith('EHLO') ? '250-hi\r\n250 AUTH PLAIN\r\n' : `535 5.7.8 cannot take ${form}\r\n`);
          });
        socket.write('220 hi\r\n');
      });
      await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
      const { port } = smtp.address() as AddressInfo;
      const before = await app.api('GET', '/outgoing-mail');
      await app.api('PUT', '/outgoing-mail', { ...before, host: '127.0.0.1', port, username: 'bo', password: SECRET });
      const { body } = await app.request('POST', '/outgoing-mail/test', { to: 'somebody@example.com' });
      if (tells(body)) wrong.push(`SMTP tells ${form}`);
      await app.api('PUT', '/outgoing-mail', before);
      smtp.close();
    }
    return findingOf(wrong, `none of ${FORMS.length} forms is in an answer, by IMAP and by SMTP`);
  },
};
