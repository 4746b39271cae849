#!/usr/bin/env node
/**
 * `npm run graph:check -- --tenant TENANT --client CLIENT_ID --mailbox ADDRESS [--cloud global|usgov|dod|china]`: ten minutes on a tenant of
 * yours. Sends one small email from a mailbox to itself, reads it, and prints what Microsoft Graph does where its documentation says nothing.
 * Signs in with a code that is typed in a browser, or with GRAPH_CHECK_SECRET as the application itself. Prints no token and nobody's mail, and
 * takes away what it has made. Needs nothing but Node.js: no `npm install`, no site.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const CLOUDS = {
  global: ['https://login.microsoftonline.com', 'https://graph.microsoft.com'],
  usgov: ['https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  dod: ['https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  china: ['https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
};
const SCOPES = ['Mail.ReadWrite', 'Mail.ReadWrite.Shared', 'Mail.Send', 'Mail.Send.Shared'];

/** What is to be done about it, by what Microsoft says. */
const ADVICE = [
  [
    /AADSTS(65001|90094)/,
    'Nobody has consented yet: open https://login.microsoftonline.com/TENANT/adminconsent?client_id=CLIENT_ID as an administrator.',
  ],
  [
    /AADSTS7000218/,
    'The registration allows no sign-in by code: Authentication → Allow public client flows → Yes, or set GRAPH_CHECK_SECRET.',
  ],
  [/AADSTS700016|AADSTS90002/, 'The tenant or the client id is wrong.'],
  [/AADSTS70002(15|22)/, 'The client secret is wrong, or has expired.'],
  [/Access to OData is disabled/, 'A policy keeps this application from the mailbox (application access policy).'],
  [/ErrorSendAsDenied/, 'The account may open the mailbox and not send as it: Add-RecipientPermission … -AccessRights SendAs.'],
  [
    /ErrorAccessDenied|\b403\b/,
    'The permissions are not consented to, or the account has no Full Access to the mailbox. New rights take up to an hour.',
  ],
  [/ForRESTAPI/, 'This mailbox is on-premises, has no licence, or is deleted.'],
  [/ErrorInvalidUser|ResourceNotFound/, 'Microsoft knows no mailbox of that address.'],
  [/InvalidAuthenticationToken|\b401\b/, 'The sign-in is not valid for Microsoft Graph: sign in again.'],
  [/\b429\b/, 'Microsoft asks for a pause that is longer than this check waits. Try again later.'],
];
const adviceFor = (text) => ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? 'Please report it with these words.';

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const [tenant, client, mailbox, cloud = 'global'] = ['tenant', 'client', 'mailbox', 'cloud'].map(option);
const { GRAPH_CHECK_SECRET: secret, GRAPH_CHECK_LOGIN, GRAPH_CHECK_GRAPH } = process.env;
if (!tenant || !client || !mailbox || !CLOUDS[cloud]) {
  console.error(
    'npm run graph:check -- --tenant contoso.com --client CLIENT_ID --mailbox support@contoso.com [--cloud global|usgov|dod|china]',
  );
  process.exit(2);
}
// Other servers than Microsoft's are for the tests of this check.
const login = `${GRAPH_CHECK_LOGIN ?? CLOUDS[cloud][0]}/${encodeURIComponent(tenant)}/oauth2/v2.0`;
const host = CLOUDS[cloud][1];
const base = `${GRAPH_CHECK_GRAPH ?? `${host}/v1.0`}/users/${encodeURIComponent(mailbox)}`;

const say = (question, answer) => console.log(`${`${question}:`.padEnd(52)} ${answer}`);

// ---- Signing in

async function ask(page, fields) {
  const response = await fetch(`${login}/${page}`, { method: 'POST', body: new URLSearchParams({ client_id: client, ...fields }) });
  const answer = await response.json().catch(() => ({}));
  // The description names no secret; of the rest nothing is shown.
  return { answer, problem: response.ok ? null : `${answer.error}: ${String(answer.error_description ?? '').split(' Trace ID')[0]}` };
}

async function signIn() {
  if (secret) {
    const fields = { grant_type: 'client_credentials', client_secret: secret, scope: `${host}/.default` };
    const { answer, problem } = await ask('token', fields);
    if (problem) throw new Error(problem);
    return answer.access_token;
  }
  const begun = await ask('devicecode', { scope: SCOPES.map((name) => `${host}/${name}`).join(' ') });
  if (begun.problem) throw new Error(begun.problem);
  const { device_code, user_code, verification_uri, interval = 5, expires_in } = begun.answer;
  console.log(`Open ${verification_uri} and type ${user_code}. Sign in as somebody who may open ${mailbox} and send as it.\n`);
  for (const end = Date.now() + expires_in * 1000; Date.now() < end;) {
    await sleep(interval * 1000);
    const { answer, problem } = await ask('token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code });
    if (!problem) return answer.access_token;
    if (!['authorization_pending', 'slow_down'].includes(answer.error)) throw new Error(problem);
  }
  throw new Error('Nobody signed in within the time that Microsoft gives.');
}

// ---- Graph

let token = '';
const pauses = [];

class Refused extends Error {
  constructor(status, code, message) {
    super([status, code, message].filter(Boolean).join(' '));
    Object.assign(this, { status, code });
  }
}

const LONGEST_PAUSE_S = 60;

async function request(method, path, { json, text, prefer, expected = [] } = {}) {
  const body = json === undefined ? text : JSON.stringify(json);
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(path.startsWith('http') ? path : `${base}/${path}`, {
      method,
      body,
      headers: {
        authorization: `Bearer ${token}`,
        prefer: ['IdType="ImmutableId"', ...(prefer ? [prefer] : [])].join(', '),
        ...(body === undefined ? {} : { 'content-type': json === undefined ? 'text/plain' : 'application/json' }),
      },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const answer = parsed(bytes);
    if (response.ok || expected.includes(response.status)) return { status: response.status, answer, bytes };
    const { code = '', message = '' } = answer?.error ?? {};
    const after = response.headers.get('retry-after');
    if ([429, 503, 504].includes(response.status))
      pauses.push(`${response.status} ${after === null ? 'without Retry-After' : `Retry-After: ${after}`}`);
    const seconds = Number(after ?? attempt * 2);
    const mayWait = [429, 503].includes(response.status) && attempt < 4 && !(seconds > LONGEST_PAUSE_S);
    // A date, or nothing.
    if (mayWait) await sleep((Number.isFinite(seconds) ? seconds : 10) * 1000);
    else throw new Refused(response.status, code, message);
  }
}

function parsed(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

const segment = encodeURIComponent;
const folderName = async (id) => {
  const { answer } = await request('GET', `mailFolders/${segment(id)}?$select=displayName`);
  return `"${answer.displayName}"`;
};

// ---- The questions

const isReal = !GRAPH_CHECK_GRAPH;
const since = new Date(Date.now() - 120_000).toISOString().replace(/\.\d+Z/, 'Z');
const made = { messages: new Set(), folders: new Set() };
const mark = `graph-check-${randomBytes(6).toString('hex')}`;
const domain = mailbox.split('@')[1];
const own = `<${mark}@${domain}>`;
const earlier = `<${mark}.earlier@${domain}>`;
const OLD_DATE = 'Thu, 01 Jan 2026 12:00:00 +0000';
const MIME = [
  `From: "Graph check" <${mailbox}>`,
  `To: ${mailbox}`,
  `Subject: ${mark}`,
  `Message-ID: ${own}`,
  `In-Reply-To: ${earlier}`,
  `References: ${earlier}`,
  `Date: ${OLD_DATE}`,
  'X-Graph-Check: 1',
  'Auto-Submitted: auto-generated',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'A check of Microsoft Graph. It is deleted by itself.',
  '',
].join('\r\n');

async function makeDraft() {
  const { answer } = await request('POST', 'messages', { text: Buffer.from(MIME).toString('base64') });
  made.messages.add(answer.id);
  return answer;
}

const kept = (found, wanted) => (found === wanted ? 'kept' : found ? `replaced by ${found}` : 'dropped');

async function sending() {
  await request('GET', 'mailFolders/inbox?$select=id');
  say('The mailbox opens', 'yes');
  const draft = await makeDraft();
  say('Message-ID of a draft made of MIME', kept(draft.internetMessageId, own));
  const send = () => request('POST', `messages/${segment(draft.id)}/send`, { text: '', expected: [400, 403, 404, 409] });
  const { status } = await send();
  if (status !== 202) throw new Refused(status, 'the draft was not sent');
  say('A draft is sent', '202');
  const arrived = await arrival(draft.id);
  if (!arrived) return say('The email came back', 'not within two minutes: look into Junk, and at the reports in the Inbox');
  const source = (await request('GET', `messages/${segment(arrived.id)}/$value`)).bytes.toString('utf8');
  const header = (name) => new RegExp(`^${name}:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(source.split(/\r?\n\r?\n/)[0])?.[1].trim();
  say('Message-ID, as it arrived', kept(header('Message-ID'), own));
  say('References', kept(header('References'), earlier));
  say('In-Reply-To', kept(header('In-Reply-To'), earlier));
  say('Date', kept(header('Date'), OLD_DATE));
  say('Auto-Submitted', kept(header('Auto-Submitted'), 'auto-generated'));
  say('An X- header that the mailbox never had', kept(header('X-Graph-Check'), '1'));
  say('The name in From', /Graph check/.test(header('From') ?? '') ? 'kept' : 'replaced by the one of the directory');
  const again = await send();
  say('Sending a draft that has left', `${again.status} ${again.answer?.error?.code ?? ''}`.trim());
  await deltas(arrived);
  await deleting(arrived);
}

/** What has come into the Inbox of this check's, since it began. */
async function arrivals() {
  const query = `$select=id,subject,receivedDateTime&$filter=${segment(`receivedDateTime ge ${since}`)}&$orderby=receivedDateTime&$top=200`;
  const { answer } = await request('GET', `mailFolders/inbox/messages?${query}`);
  const ours = answer.value.filter(({ subject }) => subject === mark);
  for (const { id } of ours) made.messages.add(id);
  return ours;
}

/** The copy in Inbox, which is another message than the one that was sent. */
async function arrival(draft) {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(isReal ? 3000 : 50)) {
    const found = (await arrivals()).find(({ id }) => id !== draft);
    if (found) return found;
  }
}

async function deltas({ id }) {
  const path = 'mailFolders/inbox/messages/delta';
  const { answer } = await request('GET', `${path}?$select=id`);
  say(
    'A page of a delta, where nobody says how large',
    `${answer.value.length} emails${answer['@odata.nextLink'] ? '' : ' (all there are)'}`,
  );
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z/, 'Z');
  const filtered = await request('GET', `${path}?$select=id&$filter=${segment(`receivedDateTime ge ${tomorrow}`)}`, { expected: [400] });
  say('A delta with a filter', filtered.status === 200 ? 'taken' : `refused: ${filtered.answer?.error?.code}`);
  const link = filtered.answer?.['@odata.deltaLink'];
  if (!link) return;
  await request('PATCH', `messages/${segment(id)}`, { json: { isRead: true } });
  await sleep(isReal ? 10_000 : 0);
  const { answer: changes } = await request('GET', link);
  say('An email from before the filter that becomes read', changes.value.some((row) => row.id === id) ? 'is told' : 'is not told');
}

async function deleting({ id }) {
  await request('DELETE', `messages/${segment(id)}`);
  made.messages.delete(id);
  const { status, answer } = await request('GET', `messages/${segment(id)}?$select=parentFolderId`, { expected: [403, 404] });
  say('A deleted email is then', status === 200 ? `in ${await folderName(answer.parentFolderId)}` : `nowhere (${status})`);
  const second = await request('DELETE', `messages/${segment(id)}`, { expected: [204, 403, 404] });
  say('Deleting it a second time', `${second.status} ${second.answer?.error?.code ?? ''}`.trim());
}

async function folders() {
  const create = () => request('POST', 'mailFolders', { json: { displayName: mark }, expected: [400, 409] });
  made.folders.add((await create()).answer.id);
  const { status, answer } = await create();
  say('A folder that is there already', `${status} ${answer?.error?.code}`);
}

const FILE_BYTES = 3_200_000;

async function uploads() {
  const draft = await makeDraft();
  const AttachmentItem = { attachmentType: 'file', name: 'check.bin', size: FILE_BYTES };
  const path = `messages/${segment(draft.id)}/attachments/createUploadSession`;
  const session = await request('POST', path, { json: { AttachmentItem }, expected: [400, 403] });
  let outcome = `${session.status} ${session.answer?.error?.code ?? ''}`.trim();
  if (session.status === 201) {
    const headers = { 'content-range': `bytes 0-${FILE_BYTES - 1}/${FILE_BYTES}`, 'content-type': 'application/octet-stream' };
    const { status } = await fetch(session.answer.uploadUrl, { method: 'PUT', headers, body: Buffer.alloc(FILE_BYTES) });
    outcome = status === 201 ? 'taken' : `the piece was answered ${status}`;
  }
  say('A file of 3 MB uploaded to a draft made of MIME', outcome);
}

async function tidy() {
  const left = [];
  // What was sent a second time may have come a second time.
  if (made.messages.size > 0) await sleep(isReal ? 10_000 : 0);
  await arrivals().catch(() => {});
  const take = async (path) => request('DELETE', path, { expected: [403, 404] }).catch(() => left.push(path));
  for (const id of made.messages) await take(`messages/${segment(id)}`);
  for (const id of made.folders) await take(`mailFolders/${segment(id)}`);
  say('What the check has made', left.length === 0 ? 'is taken away' : `is there still: look for "${mark}" in the mailbox`);
}

// ---- All of it

async function tried(question, work) {
  try {
    await work();
    return true;
  } catch (error) {
    const words = String(error.message ?? error);
    const cause = error.cause?.code ? ` (${error.cause.code})` : '';
    say(question, `failed: ${words}${cause}`);
    console.log(`    ${adviceFor(words)}`);
    return false;
  }
}

let isWell = await tried('Sign-in', async () => {
  token = await signIn();
  say('Sign-in', secret ? 'as the application' : 'with a code');
});
if (isWell) {
  isWell = await tried('Sending and reading', sending);
  // Where not even that works, the others would say the same.
  if (isWell)
    for (const [question, work] of [
      ['Folders', folders],
      ['Uploads', uploads],
    ])
      isWell = (await tried(question, work)) && isWell;
  await tidy();
  say('Pauses that Microsoft asked for', pauses.length === 0 ? 'none' : [...new Set(pauses)].join('; '));
  console.log('\nNot asked here: S/MIME, invitations, an email of 30 MB, and 30 emails in a minute.');
}
process.exitCode = isWell ? 0 : 1;
