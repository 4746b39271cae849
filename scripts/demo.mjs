#!/usr/bin/env node
/**
 * `npm run demo`: a Strapi with the plugin, a year of a small support team, and a mail server of its own with emails that wait to become
 * tickets. From a bare clone on; started again, it goes on with what is there. With `--empty`, a helpdesk that nobody has set up yet. With `--watch`, a change of the plugin's source builds that half again
 * and starts Strapi again.
 */
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import * as demo from '../playground/demo/settings.mjs';
import { buildPlayground, buildPlugin, buildServer, install, root, surviveFailures } from './prepare.mjs';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? 1337);
const ADMIN = { email: 'admin@demo.example', password: 'Demo-Passw0rd', firstname: 'Demo', lastname: 'Admin' };
const isEmpty = process.argv.includes('--empty');
const BASE = `http://${HOST}:${PORT}`;

await requireFree(PORT, 'PORT');
await requireFree(demo.IMAP_PORT, 'DEMO_IMAP_PORT');
await requireFree(demo.SMTP_PORT, 'DEMO_SMTP_PORT');
await install();
await buildPlugin();
await buildPlayground();

const { startMailServer } = await import('../playground/demo/mail-server.mjs');
const { fillNewMailbox } = await import('../playground/demo/load-mails.mjs');

const mailServer = await startMailServer({ folder: demo.MAIL_FOLDER, imapPort: demo.IMAP_PORT, smtpPort: demo.SMTP_PORT }).catch((error) =>
  quit(error.message),
);
const waiting = fillNewMailbox(mailServer, demo.SUPPORT_ADDRESS);
console.log(
  `Mail server: IMAP ${HOST}:${demo.IMAP_PORT}, SMTP ${HOST}:${demo.SMTP_PORT}${waiting > 0 ? `, ${waiting} emails wait for ${demo.SUPPORT_ADDRESS}` : ''}`,
);

process.stdout.write('Starting Strapi … ');
let strapi = startStrapi();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => strapi.kill('SIGTERM'));

await waitUntilHealthy();
console.log('done');
const api = await logIn();
if (isEmpty)
  console.log(`
  Nothing is set up yet: Helpdesk shows the first steps. The mailbox ${demo.SUPPORT_ADDRESS} on that server has the password “${demo.PASSWORD}”, no encryption.`);
else {
  await setUp(api);
  console.log(`
  Helpdesk shows the tickets of a year and of the emails that waited, Settings → Mail Scanner how these came in. Agents with the same
  password: ada@demo.example, jonas@demo.example, marie@demo.example.
  Write a public comment on a ticket: it arrives in the customer's mailbox. Then, in a second terminal,
    npm run demo:reply -- "Thank you, it works now!"
  answers it as the customer would, and the answer comes back as a comment. Ctrl+C ends the demo.
`);
}
console.log(`Demo ready: ${BASE}/admin (${ADMIN.email} / ${ADMIN.password})`);

if (process.argv.includes('--watch')) watchSources();

function startStrapi() {
  const child = spawn(process.execPath, [path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'), 'start'], {
    cwd: path.join(root, 'playground'),
    env: {
      ...process.env,
      HOST,
      PORT: String(PORT),
      STRAPI_TELEMETRY_DISABLED: 'true',
      STARTUP_BANNER: 'false',
      // Before anybody can sign in.
      ...(isEmpty ? {} : { DEMO_ADMINISTRATOR: JSON.stringify(ADMIN) }),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      NODE_ENV: process.env.NODE_ENV ?? 'development',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.once('exit', async (code) => {
    if (child.isReplaced) return;
    await mailServer.close();
    process.exit(code ?? 0);
  });
  return child;
}

// ---- While developing

function watchSources() {
  surviveFailures();
  let timer;
  let working = Promise.resolve();
  /** Those that have changed since what runs was built. */
  const folders = new Set();
  const changed = (folder) => {
    folders.add(folder);
    clearTimeout(timer);
    // Editors write in several steps.
    timer = setTimeout(() => (working = working.then(() => rebuild(folders))), 300);
  };
  for (const folder of ['server', 'shared', 'admin', 'playground/src', 'playground/config'].filter((name) =>
    existsSync(path.join(root, name)),
  ))
    watch(path.join(root, folder), { recursive: true }, () => changed(folder));
  console.log('Watching the sources. A change of the server is there within seconds, one of the panel within a minute.');
}

async function rebuild(folders) {
  if (folders.size === 0) return;
  const toBuild = [...folders];
  folders.clear();
  try {
    if (toBuild.every((folder) => folder === 'server')) await buildServer();
    else {
      await buildPlugin();
      await buildPlayground();
    }
  } catch {
    toBuild.forEach((folder) => folders.add(folder));
    return console.log('It does not build; Strapi goes on with what it has.');
  }
  strapi.isReplaced = true;
  const gone = new Promise((resolve) => strapi.once('exit', resolve));
  strapi.kill('SIGTERM');
  await gone;
  strapi = startStrapi();
  await waitUntilHealthy();
  console.log(`Ready again: ${BASE}/admin`);
}

// ---- Set-up, through the same API that the admin panel uses

async function setUp(api) {
  const scanners = await api('GET', '/mail-scanner/scanners');
  if (scanners.length === 0) {
    await setTargets(api);
    await addCannedReplies(api);
    await addScanner(api);
  }
  const outgoing = await api('GET', '/mail-scanner/outgoing-mail');
  if (!outgoing.host) {
    const server = { host: HOST, port: demo.SMTP_PORT, encryption: 'none', validateCertificate: true, username: '' };
    await api('PUT', '/mail-scanner/outgoing-mail', { ...server, fromAddress: demo.SUPPORT_ADDRESS, fromName: 'Demo Support' });
  }
}

/** How fast this team wants to be, in hours by the clock, so that lists and reports say what is late. */
async function setTargets(api) {
  const hours = (firstResponse, resolution) => ({ firstResponse: firstResponse * 60, resolution: resolution * 60 });
  const targets = { Low: hours(48, 240), Normal: hours(24, 120), High: hours(12, 72), Urgent: hours(6, 48) };
  await api('PUT', '/mail-scanner/service-levels', { targets });
}

/** What this team writes again and again. */
async function addCannedReplies(api) {
  const replies = [
    {
      name: 'On its way',
      body: '<p>Hello $contacts-firstName|there$,</p><p>your order has left our store and should be there tomorrow.</p>',
    },
    {
      name: 'We look into it',
      body: '<p>Hello $contacts-firstName|there$,</p><p>thank you for telling us. We look into it and write again today.</p>',
    },
    {
      name: 'Pay by direct debit',
      folder: 'Invoices',
      body: '<p>Yes: please send back the form that is attached to your last invoice.</p>',
    },
  ];
  for (const reply of replies) await api('POST', '/mail-scanner/canned-replies', reply);
}

async function addScanner(api) {
  // What a colleague forwards belongs to the customer who wrote it.
  await api('PUT', '/mail-scanner/settings', { staffDomains: [demo.SUPPORT_ADDRESS.split('@')[1]] });
  const scanner = await api('POST', '/mail-scanner/scanners', {
    name: 'Demo support',
    host: HOST,
    port: demo.IMAP_PORT,
    encryption: 'none',
    username: demo.SUPPORT_ADDRESS,
    password: demo.PASSWORD,
    scanEvery: 1,
  });
  const rules = [
    {
      name: 'Newsletters',
      conditions: { combinator: 'and', rules: [{ field: 'header:List-Unsubscribe', operator: 'notNull', value: null }] },
      actions: [{ type: 'moveToFolder', config: { folder: 'Newsletters' } }],
    },
    {
      name: 'Everything else becomes a ticket',
      conditions: { combinator: 'and', rules: [] },
      actions: [
        { type: 'createContact', config: {} },
        { type: 'createOrUpdateTicket', config: { onCreate: { ticketStatus: 'Open' } } },
        { type: 'raisePriority', config: { words: ['urgent', 'dringend'] } },
      ],
    },
  ];
  for (const rule of rules) await api('POST', `/mail-scanner/scanners/${scanner.documentId}/rules`, rule);
  await api('PUT', `/mail-scanner/scanners/${scanner.documentId}`, { active: true, unread: 'take' });
  await firstScan(api, scanner.documentId);
}

/** An active scanner begins by itself; the demo is ready when its emails are tickets. */
async function firstScan(api, documentId) {
  for (let second = 0; second < 60; second += 1) {
    const { lastScanAt, lastError, messagesScanned } = await api('GET', `/mail-scanner/scanners/${documentId}`);
    if (lastError) return console.log(`The mailbox could not be scanned: ${lastError}`);
    if (lastScanAt) return console.log(`Scanned ${messagesScanned} emails.`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** As the first administrator, who is made when there is none. */
async function logIn() {
  const { data } = await call('GET', '/admin/init');
  const [url, body] = data.hasAdmin ? ['/admin/login', { email: ADMIN.email, password: ADMIN.password }] : ['/admin/register-admin', ADMIN];
  const answer = await call('POST', url, body);
  const token = answer.data?.token ?? answer.data?.accessToken;
  if (!token) {
    strapi.kill('SIGTERM');
    quit('Somebody changed the demo’s administrator. Delete playground/.tmp to begin again.');
  }
  return async (method, path, input) => (await call(method, path, input, token)).data;
}

async function call(method, url, body, token) {
  const response = await fetch(`${BASE}${url}`, {
    method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json();
  if (!response.ok && token) throw new Error(`${method} ${url}: ${answer.error?.message ?? response.status}`);
  return answer;
}

async function waitUntilHealthy() {
  for (;;) {
    const healthy = await fetch(`${BASE}/_health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function requireFree(port, variable) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => quit(`Port ${port} is taken. End what uses it, or choose another one: ${variable}=${port + 1} npm run demo`));
    probe.listen(port, HOST, () => probe.close(resolve));
  });
}

function quit(line) {
  console.error(line);
  process.exit(1);
}
