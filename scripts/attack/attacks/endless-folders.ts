import { scriptedImap } from '../../../tests/support/scripted-imap';
import { findingOf, type Attack } from '../types';

const FOLDERS = 200_000;

export const attack: Attack = {
  title: 'A mailbox’s server that lists folders without end',
  async run({ app }) {
    const names = Array.from({ length: FOLDERS }, (_, index) => `* LIST (\\HasNoChildren) "/" "A folder with a number ${index}"`);
    const server = await scriptedImap({ answers: { LIST: `${names.join('\r\n')}\r\n{tag} OK done` } });
    const settings = { host: server.host, port: server.port, encryption: 'none', username: 'bo', password: 'x' };
    try {
      const answer = JSON.stringify(await app.api('POST', '/scanners/test', settings));
      const isRefused = answer.includes('more than a mail server has to say');
      return findingOf(
        isRefused ? [] : [`the answer has ${answer.length} bytes`],
        `${FOLDERS} folders are refused in ${answer.length} bytes`,
      );
    } finally {
      await server.stop();
    }
  },
};
