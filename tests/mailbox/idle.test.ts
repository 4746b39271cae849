import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { SettingsSource } from '../../server/services/mailbox/fresh-token';
import { watchFolder, type WatchOptions } from '../../server/services/mailbox/idle';
import type { MailboxError } from '../../server/services/mailbox/types';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { scriptedImap, type Script, type ScriptedImap } from '../support/scripted-imap';
import { measureIdleLatency } from './idle-latency';

const mail = (subject: string): string => `Subject: ${subject}\r\n\r\nHello.\r\n`;
const timing = { firstDelayMs: 20, longestDelayMs: 200 };

interface Watching {
  /** Resolves when the callback has been called that often in all. */
  called(times: number): Promise<void>;
  calls(): number;
  watching(times: number): Promise<void>;
  troubles: MailboxError[];
  /** Aborts, and resolves when the watch has ended. */
  end(): Promise<void>;
}

const running: Watching[] = [];
afterEach(() => Promise.all(running.splice(0).map((watching) => watching.end())));

function watch(settings: SettingsSource, options: WatchOptions = {}, folder = 'INBOX'): Watching {
  const counts = { news: 0, watching: 0 };
  const waiting = new Set<() => void>();
  const count = (which: keyof typeof counts) => (): void => {
    counts[which]++;
    waiting.forEach((check) => check());
  };
  const reaches = (which: keyof typeof counts, times: number): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (counts[which] < times) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const abort = new AbortController();
  const troubles: MailboxError[] = [];
  const ended = watchFolder(settings, folder, count('news'), abort.signal, {
    timing,
    onWatching: count('watching'),
    onTrouble: (error) => troubles.push(error as MailboxError),
    ...options,
  });
  const watching = {
    calls: () => counts.news,
    called: (times: number) => reaches('news', times),
    watching: (times: number) => reaches('watching', times),
    troubles,
    end: () => {
      abort.abort();
      return ended;
    },
  };
  running.push(watching);
  return watching;
}

describe.each([
  { name: 'Dovecot', start: startDovecot, here: hasDovecot() },
  { name: 'hoodiecrow', start: startHoodiecrow, here: true },
])('watching a folder on $name', ({ start, here }) => {
  let server: TestMailServer;
  beforeAll(async () => {
    if (here) server = await start();
  }, 30_000);
  afterAll(() => server?.stop());

  test.skipIf(!here)(
    'calls back within a second of each arrival',
    async () => {
      // Dovecot itself waits half a second before it tells.
      expect((await measureIdleLatency(server, 20)).p95Ms).toBeLessThan(1_000);
    },
    60_000,
  );

  test.skipIf(!here)(
    'does not mark anything as read, and ends without delay when told to',
    async () => {
      await server.append('INBOX', mail('unread'));
      const { called, end } = watch(async () => server.settings());
      await called(1);
      const before = Date.now();
      await end();

      expect(Date.now() - before).toBeLessThan(2_000);
      expect((await server.messages('INBOX')).every(({ flags }) => !flags.includes('\\Seen'))).toBe(true);
    },
    30_000,
  );
});

describe.skipIf(!hasDovecot())('watching through a restart of Dovecot', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  }, 30_000);
  afterAll(() => server.stop());

  test('comes back, tells that something may have arrived meanwhile, and hears what arrives afterwards', async () => {
    const { called, watching, calls, troubles } = watch(async () => server.settings());
    await called(1);
    await server.halt();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.start();
    await watching(2);
    await called(2);
    const before = calls();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.append('INBOX', mail('after the restart'));
    await called(before + 1);

    expect(troubles[0]).toMatchObject({ name: 'MailboxError', code: expect.stringMatching(/connectionLost|unavailable/) });
    expect(troubles.at(-1)).toMatchObject({ code: expect.stringMatching(/connectionRefused|connectionLost|unavailable/) });
  }, 30_000);
});

describe('watching a server that', () => {
  const servers: ScriptedImap[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  const play = async (script: Script): Promise<ScriptedImap> => {
    const server = await scriptedImap(script);
    servers.push(server);
    return server;
  };
  const idling: Script = { answers: { IDLE: '+ idling' } };
  const logins = (server: ScriptedImap): number => server.received.filter((line) => line.startsWith('LOGIN')).length;

  test('says nothing has its IDLE renewed in time, on the same connection', async () => {
    let idleTag = '';
    const server = await play({
      answers: {
        IDLE: ({ tag }) => {
          idleTag = tag;
          return '+ idling';
        },
      },
    });
    server.onLine = (line, send) => {
      if (line === 'DONE') send(`${idleTag} OK done`);
    };
    const { called, troubles } = watch(async () => server.settings(), { timing: { ...timing, renewMs: 50 } });
    await called(1);
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(server.received.filter((line) => line === 'IDLE').length).toBeGreaterThan(3);
    expect(server.received.filter((line) => line === 'DONE').length).toBeGreaterThan(2);
    expect([logins(server), troubles]).toEqual([1, []]);
  });

  test('reports only what vanished is not news', async () => {
    const server = await play({
      answers: {
        EXAMINE: ['* 5 EXISTS', '* OK [UIDVALIDITY 1] ok', '{tag} OK [READ-ONLY] selected'],
        IDLE: ({ send }) => {
          send('+ idling', '* 2 EXPUNGE', '* 4 EXISTS', '* 3 EXISTS', '* 1 FETCH (FLAGS (\\Seen))');
          setTimeout(() => send('* 5 EXISTS'), 100);
        },
      },
    });
    const { called, calls } = watch(async () => server.settings());
    await called(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(calls()).toBe(1);
    await called(2);
  });

  test('has no IDLE is asked now and then', async () => {
    let polls = 0;
    const server = await play({
      capability: 'IMAP4rev1 NAMESPACE',
      answers: { NOOP: () => (++polls === 2 ? ['* 2 EXISTS', '{tag} OK done'] : '{tag} OK done') },
    });
    const { called } = watch(async () => server.settings(), { timing: { ...timing, renewMs: 30 } });
    await called(2);

    expect(polls).toBeGreaterThanOrEqual(2);
  });

  test('hangs up again and again is left more and more alone', async () => {
    const server = await play({ answers: { EXAMINE: ({ socket }) => void socket.destroy() } });
    const { troubles } = watch(async () => server.settings(), { timing: { firstDelayMs: 40, longestDelayMs: 10_000 } });
    await new Promise((resolve) => setTimeout(resolve, 700));

    expect(logins(server)).toBeGreaterThanOrEqual(3);
    expect(logins(server)).toBeLessThanOrEqual(6);
    expect(troubles.every(({ code }) => code === 'connectionLost')).toBe(true);
  });

  test.each([
    ['refuses the password', { LOGIN: '{tag} NO [AUTHENTICATIONFAILED] no' }, 'authenticationFailed'],
    ['asks to slow down', { LOGIN: '{tag} NO [THROTTLED] slow' }, 'throttled'],
    ['has no such folder', { EXAMINE: '{tag} NO no such folder', LIST: '{tag} OK done' }, 'folderMissing'],
  ] as [string, Script['answers'], string][])('%s is not tried again at once', async (_, answers, code) => {
    const server = await play({ answers });
    const { troubles } = watch(async () => server.settings(), { timing: { firstDelayMs: 10, longestDelayMs: 10_000 } });
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(troubles).toEqual([expect.objectContaining({ code })]);
    expect(logins(server)).toBe(1);
  });

  test('needs a fresh token is given one for each connection; trouble in getting it is trouble like any other', async () => {
    const server = await play({ ...idling, capability: 'IMAP4rev1 NAMESPACE IDLE AUTH=XOAUTH2 SASL-IR' });
    let asked = 0;
    const outage = new Error('the sign-in service is down');
    const { called, troubles } = watch(async () => {
      if (++asked === 1) throw outage;
      return server.settings({ credential: { type: 'accessToken', accessToken: `token ${asked}` } });
    });
    await called(1);

    expect(asked).toBe(2);
    expect(troubles).toEqual([outage]);
  });

  test('refuses a token gets another one at once, and the watching goes on', async () => {
    const isStale = (rest: string): boolean => Buffer.from(rest, 'base64').toString().includes('Bearer stale');
    const server = await play({
      capability: 'IMAP4rev1 NAMESPACE IDLE AUTH=XOAUTH2 SASL-IR',
      answers: {
        ...idling.answers,
        'AUTHENTICATE XOAUTH2': ({ rest }) => (isStale(rest) ? '{tag} NO [AUTHENTICATIONFAILED] expired' : '{tag} OK signed in'),
      },
    });
    const refused: (string | undefined)[] = [];
    const { watching, troubles } = watch(async (token) => {
      refused.push(token);
      return server.settings({ credential: { type: 'accessToken', accessToken: token ? 'fresh' : 'stale' } });
    });
    await watching(1);

    expect(refused).toEqual([undefined, 'stale']);
    expect(troubles).toEqual([]);
  });
});
