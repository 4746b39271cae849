import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startSite, type Site } from '../support/desk';
import { addScanner, eventually, mail, setUpOutgoing } from '../support/helpdesk';

const TOKEN = 'monitoring-token-0123456789';

let { app, server, sink, stop } = {} as Site;
let scanner: { documentId: string };

/** What Strapi's logger was handed: the line and the fields beside it. */
const logged: { level: string; message: string; [field: string]: unknown }[] = [];

beforeAll(async () => {
  ({ app, server, sink, stop } = await startSite({ env: { MAIL_SCANNER_MONITORING_TOKEN: TOKEN, MAIL_SCANNER_METRICS: 'true' } }));
  const logger = app.strapi.log as any;
  logger.level = 'silly';
  for (const transport of logger.transports) transport.silent = true;
  logger.on('data', (info: any) => logged.push({ ...info, level: String(info.level).replace(/\u001b\[\d+m/g, '') }));
  await setUpOutgoing(app, sink);
  scanner = await addScanner(app, server, [{}], { name: 'Desk of support@example.com' });
});

afterAll(() => stop?.());

beforeEach(() => void (logged.length = 0));

const query = (type: string) => app.strapi.db.query(`plugin::mail-scanner.${type}` as never) as any;
const ask = (path: string, token: string | null = TOKEN) => app.request('GET', path, undefined, token);
const ofPlugin = () => logged.filter(({ plugin }) => plugin === 'mail-scanner');
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('the health check', () => {
  test('answers to its token alone', async () => {
    expect((await ask('/health')).status).toBe(200);
    expect((await ask('/health', null)).status).toBe(401);
    expect((await ask('/health', `${TOKEN}x`)).status).toBe(401);
    expect((await ask('/health', TOKEN.slice(0, -1))).status).toBe(401);
    // An administrator has /status; the monitor's token opens nothing else.
    expect((await ask('/status')).status).toBe(401);
    expect((await app.request('GET', '/status')).status).toBe(200);
  });

  test('is not there without a token in the configuration', async () => {
    const config = app.strapi.config.get('plugin::mail-scanner') as any;
    const { monitoring } = config;
    config.monitoring = { token: '', metrics: false };
    expect((await ask('/health', '')).status).toBe(404);
    expect((await ask('/health')).status).toBe(404);
    expect((await ask('/metrics')).status).toBe(404);
    config.monitoring = { ...monitoring, metrics: false };
    expect((await ask('/metrics')).status).toBe(404);
    config.monitoring = monitoring;
  });

  test('fails once a scanner has failed for a while, says since when, and tells no address', async () => {
    await query('scanner').update({
      where: { documentId: scanner.documentId },
      data: {
        active: true,
        activatedAt: new Date(),
        lastScanAt: new Date(),
        failingSince: minutesAgo(10),
        lastError: 'support@example.com was refused.',
      },
    });
    expect(await ask('/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', scanners: [{ documentId: scanner.documentId, state: 'failing' }] },
    });
    await query('scanner').update({ where: { documentId: scanner.documentId }, data: { failingSince: minutesAgo(31) } });
    const { status, body } = await ask('/health');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'failing',
      problems: ['scannerFailing'],
      scanners: [{ name: 'Desk of …@example.com', state: 'failing', failingSince: expect.any(String) }],
    });
    expect(JSON.stringify(body)).not.toMatch(/support@|refused/);
    expect(await app.api('GET', '/status')).toMatchObject({
      status: 'failing',
      scanners: [{ lastError: 'support@example.com was refused.' }],
    });
  });

  test('is well again after a scan, and tells the age of the last one', async () => {
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const { status, body } = await ask('/health');
    expect(status).toBe(200);
    expect(body.scanners[0]).toMatchObject({ state: 'ok', failingSince: null });
    expect(body.scanners[0].lastSuccessSeconds).toBeLessThan(30);
  });

  test('fails while emails do not leave, and only warns of one that was refused', async () => {
    const waiting = await query('delivery').create({
      data: { messageId: 'waits@example.com', state: 'queued', queuedAt: minutesAgo(45), nextAttemptAt: new Date(Date.now() + 3_600_000) },
    });
    expect(await ask('/health')).toMatchObject({ status: 503, body: { problems: ['outboxWaiting'], outbox: { waiting: 1 } } });
    expect((await ask('/health')).body.outbox.oldestSeconds).toBeGreaterThan(44 * 60);
    await query('delivery').update({ where: { id: waiting.id }, data: { state: 'failed', subject: 'Refused' } });
    expect(await ask('/health')).toMatchObject({
      status: 200,
      body: { status: 'warning', problems: ['deliveriesFailed'], outbox: { failed: 1, failedLastDay: 1 } },
    });
    await query('delivery').update({ where: { id: waiting.id }, data: { bouncedAt: new Date() } });
    expect(await ask('/health')).toMatchObject({ body: { status: 'ok', outbox: { failed: 1, failedLastDay: 0 } } });
    await query('delivery').delete({ where: { id: waiting.id } });
  });

  test('warns for a day of an email that failed to come in', async () => {
    const message = { folder: 'INBOX', uidValidity: '1', uid: '4711', outcome: 'quarantined' };
    const { id } = await query('message').create({ data: message });
    expect(await ask('/health')).toMatchObject({
      status: 200,
      body: { status: 'warning', problems: ['messagesFailed'], messages: { quarantined: 1, failedLastDay: 1 } },
    });
    await query('message').updateMany({ where: { id }, data: { createdAt: minutesAgo(25 * 60) } });
    expect(await ask('/health')).toMatchObject({ body: { status: 'ok', messages: { quarantined: 1, failedLastDay: 0 } } });
    await query('message').delete({ where: { id } });
  });

  test('says in time that the database does not answer', async () => {
    const find = vi
      .spyOn(app.strapi.db, 'query')
      .mockImplementation(
        () =>
          ({ findMany: () => new Promise(() => {}), findOne: () => new Promise(() => {}), count: () => new Promise(() => {}) }) as never,
      );
    const started = Date.now();
    const answer = await ask('/health');
    find.mockRestore();
    expect(answer).toMatchObject({ status: 503, body: { status: 'failing', problems: ['database'] } });
    expect(Date.now() - started).toBeLessThan(9_000);
  }, 15_000);
});

describe('the metrics', () => {
  const valueOf = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );

  test('count what this process does and show what the database knows', async () => {
    const before = (await ask('/metrics')).body as string;
    await server.appendAll('INBOX', [mail({ subject: 'One' }), mail({ subject: 'Two' })]);
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const after = (await ask('/metrics')).body as string;
    const grown = (series: string) => valueOf(after, series) - valueOf(before, series);
    expect(grown('mail_scanner_scans_total{result="ok"}')).toBe(1);
    expect(grown('mail_scanner_messages_total{outcome="processed"}')).toBe(2);
    expect(grown('mail_scanner_scans_total{result="failed"}')).toBe(0);
    expect(valueOf(after, 'mail_scanner_parser_restarts_total')).toBe(0);
    expect(valueOf(after, 'mail_scanner_outbox_waiting')).toBe(0);
    const labels = `{scanner_id="${scanner.documentId}",scanner="Desk of …@example.com"}`;
    expect(valueOf(after, `mail_scanner_scanner_up${labels}`)).toBe(1);
    expect(valueOf(after, `mail_scanner_last_success_age_seconds${labels}`)).toBeLessThan(30);
  });

  test('are told to the token alone', async () => {
    expect((await ask('/metrics', null)).status).toBe(401);
    expect((await ask('/metrics', 'another-token-0123456789')).status).toBe(401);
  });
});

describe('the log', () => {
  test('names the scanner and the counts of a scan, in the line and beside it', async () => {
    await server.appendAll('INBOX', [
      mail({ subject: 'Private matter', from: 'Jane <jane@secret.test>' }),
      mail({ subject: 'Private matter 2', from: 'Jane <jane@secret.test>' }),
    ]);
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [line] = ofPlugin().filter(({ event }) => event === 'A scan is through');
    expect(line).toMatchObject({
      level: 'info',
      plugin: 'mail-scanner',
      scannerId: scanner.documentId,
      scanned: 2,
      processed: 2,
      durationMs: expect.any(Number),
    });
    expect(line.message).toMatch(
      new RegExp(
        `^\\[mail-scanner\\] A scan is through scannerId=${scanner.documentId} scanner="Desk of support@example.com" scanned=2 durationMs=\\d+ processed=2$`,
      ),
    );
  });

  test('says why a scan ended early and why an email could not leave, without the address of anybody', async () => {
    await app.api('PUT', `/scanners/${scanner.documentId}`, { password: 'wrong-Pa55word' });
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    await app.api('PUT', `/scanners/${scanner.documentId}`, { password: 'secret' });
    expect(ofPlugin()).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        event: 'A scan ended early',
        scannerId: scanner.documentId,
        code: 'authenticationFailed',
        reason: expect.any(String),
      }),
    );

    sink.failWith(() => ({ at: 'to', code: 550, message: 'No jane@secret.test here' }));
    const [ticket] = await app.api('GET', '/tickets');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Only for Jane to read.', isPublic: true });
    const failed = await eventually(() => ofPlugin().find(({ event }) => event === 'An email could not be sent'));
    sink.failWith(undefined);
    expect(failed).toMatchObject({
      level: 'warn',
      delivery: expect.any(String),
      attempts: 1,
      reason: expect.stringContaining('…@secret.test'),
    });
  });

  test('has one shape, and nothing of an email in it', async () => {
    await server.append('INBOX', mail({ subject: 'Private matter 3', text: 'The body of an email.', from: 'Jane <jane@secret.test>' }));
    await app.api('POST', `/scanners/${scanner.documentId}/run`);
    const [ticket] = await app.api('GET', '/tickets');
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'Only for Jane to read.', isPublic: true });
    await eventually(() => ofPlugin().some(({ event }) => event === 'An email was sent'));
    for (const { message, event } of ofPlugin()) expect(message.startsWith(`[mail-scanner] ${String(event)}`)).toBe(true);
    expect(ofPlugin().length).toBeGreaterThan(1);
    expect(JSON.stringify(ofPlugin())).not.toMatch(/Private matter|Only for Jane|body of an email|jane@|wrong-Pa55word/i);
  });
});
