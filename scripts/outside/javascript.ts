import { renameSync } from 'node:fs';
import path from 'node:path';
import { answerIsSent, attachmentArrives, firstEmail, refusals, setUpDesk, signIn, type Api, type Desk } from './conversation';
import * as outside from './site';
import { step } from './steps';

/** A site in JavaScript on SQLite with the code that our pages show for it, whose data goes through `strapi export` and `strapi import`. */

export async function inJavaScript(folder: string, tarball: string): Promise<void> {
  const site = await step('JavaScript: npm installs the plugin', async () => {
    const made = await outside.createSite(folder, { language: 'js' });
    outside.writeReadmeFiles(made, 'js');
    await outside.run(made, 'npm', 'install', tarball);
    return made;
  });
  const running = await step('JavaScript: strapi develop starts', () => outside.startSite(site, 'develop'));
  const api = await signIn(running.base);
  const desk = await setUpDesk(api);
  try {
    const before = await atWork(running, api, desk).finally(() => running.stop());
    await step('JavaScript: strapi build takes in the panel', async () => void (await outside.run(site, 'npm', 'run', 'build')));
    await step('JavaScript: strapi export', async () => void (await strapi(site, {}, 'export', '--no-encrypt', '--file', 'exported')));
    await imported('into the same site', site, {}, before, desk);
    renameSync(path.join(site, 'private'), path.join(site, 'private-of-before'));
    await imported('into an empty database, without the files', site, { DATABASE_FILENAME: '.tmp/other.db' }, before, desk);
  } finally {
    await desk.stop();
  }
}

const strapi = (site: string, settings: Record<string, string>, ...args: string[]) =>
  outside.run(site, 'env', ...Object.entries(settings).map((pair) => pair.join('=')), 'npx', 'strapi', ...args);

async function atWork(running: outside.RunningSite, api: Api, desk: Desk) {
  await step('JavaScript: refusals', () => refusals(running.base, api));
  await step('JavaScript: the first email becomes a ticket', () => firstEmail(api, desk));
  await step('JavaScript: the answer is sent', () => answerIsSent(api, desk));
  await step('JavaScript: an attachment arrives', () => attachmentArrives(api, desk, 'The list'));
  return whatIsThere(api);
}

/** What people see of the helpdesk. */
async function whatIsThere(api: Api) {
  const get = async (url: string) => (await api<any>('GET', `/mail-scanner${url}`)).data;
  const tickets = [];
  for (const { documentId, ticketNumber, title, ticketStatus } of await get('/tickets?view=all')) {
    const { comments } = await get(`/tickets/${documentId}`);
    tickets.push({ documentId, ticketNumber, title, ticketStatus, comments: comments.map(({ text }: any) => text) });
  }
  const log = (await get('/messages')).map(({ documentId, outcome, subject }: any) => ({ documentId, outcome, subject }));
  const { password: _, ...outgoing } = await get('/outgoing-mail');
  return { tickets, log, outgoing, settings: await get('/settings') };
}

/** The same is there, nothing was sent by it, and the mailbox is scanned on: at once where the password is, else when it was entered. */
async function imported(
  name: string,
  site: string,
  settings: Record<string, string>,
  before: Awaited<ReturnType<typeof whatIsThere>>,
  desk: Desk,
): Promise<void> {
  const sent = desk.sink.mails.length;
  await step(`JavaScript: strapi import ${name}`, async () => {
    // There has to be an administrator before.
    const first = await outside.startSite(site, 'start', settings);
    await signIn(first.base).finally(() => first.stop());
    await strapi(site, settings, 'import', '--force', '--file', 'exported.tar.gz');
  });
  const running = await step(`JavaScript: started after the import ${name}`, () => outside.startSite(site, 'start', settings));
  try {
    const api = await signIn(running.base);
    await step(`JavaScript: all is there after the import ${name}`, async () => {
      const [now, then] = [await whatIsThere(api), before].map((one) => JSON.stringify(one));
      if (now !== then) throw new Error(`There was\n${then}\nand there is\n${now}`);
      return `${before.tickets.length} tickets, ${before.log.length} emails in the scan log`;
    });
    await step(`JavaScript: attachments and mail after the import ${name}`, () => goesOn(running.base, api, desk, name, sent));
  } finally {
    await running.stop();
  }
}

async function goesOn(base: string, api: Api, desk: Desk, name: string, sent: number): Promise<string> {
  const tickets = async () => (await api<any[]>('GET', '/mail-scanner/tickets?view=all')).data;
  const withFile = (await tickets()).find(({ title }) => title === 'The list');
  const { comments } = (await api<any>('GET', `/mail-scanner/tickets/${withFile.documentId}`)).data;
  const file = `/mail-scanner/attachments/${comments[0].attachments[0].documentId}`;
  const { status } = await fetch(base + file, { headers: { authorization: `Bearer ${api.token}` } });
  const [scanner] = (await api<any[]>('GET', '/mail-scanner/scanners')).data;
  const { data: run } = await api<any>('POST', `/mail-scanner/scanners/${scanner.documentId}/run`);
  const refused: string | undefined = run.error?.messageSaid?.code;
  if (refused) await api('PUT', `/mail-scanner/scanners/${scanner.documentId}`, await desk.server.connection({} as never));
  const count = (await tickets()).length;
  await attachmentArrives(api, desk, `A list after the import ${name}`);
  const now = await tickets();
  if (now.length !== count + 1) throw new Error(`There are ${now.length} tickets in place of ${count + 1}.`);
  if (new Set(now.map(({ ticketNumber }) => ticketNumber)).size !== now.length) throw new Error('A number was given twice.');
  if (desk.sink.mails.length !== sent) throw new Error(`${desk.sink.mails.length - sent} emails were sent.`);
  return `the file is answered with ${status}, the scan with ${refused ?? 'no error'}; the next email is a ticket`;
}
