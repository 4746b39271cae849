import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot';
import { addScanner, CREATE_TICKET, mail } from '../support/helpdesk';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

describe.runIf(hasDovecot())('on a server with a prefix before one’s own folders', () => {
  let app: TestStrapi;
  let server: Dovecot;

  beforeAll(async () => {
    server = await startDovecot({ separator: '.', config: 'namespace inbox {\n prefix=INBOX.\n}' });
    app = await startStrapi();
  });

  afterAll(async () => {
    await app?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
  });

  test('a rule finds its mail under any name of its folder, and what lies there is scanned once', async () => {
    await server.createFolder('INBOX.Desk');
    const actions = [...CREATE_TICKET, { type: 'moveToFolder', config: { folder: 'Desk/Done' } }];
    const scanner = await addScanner(app, server, [
      { folders: ['Desk'], actions },
      { folders: ['INBOX.Desk'], actions },
    ]);
    await server.append('INBOX.Desk', mail({ subject: 'Below the prefix' }));
    const run = () => app.api('POST', `/scanners/${scanner.documentId}/run`);
    expect(await run()).toMatchObject({ scanned: 1, byOutcome: { processed: 1 }, openEffects: 0 });
    expect(await server.messages('INBOX.Desk.Done')).toHaveLength(1);
    const preview = await app.api('POST', `/scanners/${scanner.documentId}/preview`, {});
    expect(preview).toEqual([]);
    expect(await run()).toMatchObject({ scanned: 0, error: null });
  });
});
