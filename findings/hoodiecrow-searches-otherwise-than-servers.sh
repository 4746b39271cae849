#!/usr/bin/env bash
# hoodiecrow-imap 2.1.0 (an IMAP server for tests): SENTON finds nothing, OR gives numbers out of order, and a search without a hit has no SEARCH line.
#
# Guess: SENTON 2-Nov-2026 finds the letter whose Date says so, without regard to time and zone (RFC 9051 section 6.4.4); numbers come in order, as
# from Dovecot; an empty result is "* SEARCH".
# Seen:  no hit for either letter; "* SEARCH 2 1"; only the tagged OK. imapflow 2.10.2 reads that as an empty list.
# Hurts: tests are red for a right program, or green for one that relies on the order.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hoodiecrow-imap@2.1.0 imapflow@2.10.2

cat >try.mjs <<'JS'
import net from 'node:net';
import { once } from 'node:events';
import hoodiecrow from 'hoodiecrow-imap';
import { ImapFlow } from 'imapflow';
const letter = (from, date) => ({ raw: ['From: ' + from, 'Subject: from ' + from, 'Date: ' + date, '', 'x', ''].join('\r\n') });
const server = hoodiecrow({ storage: { INBOX: { messages: [letter('anna@example.com', 'Mon, 02 Nov 2026 10:00:00 +0000'), letter('bob@example.com', 'Tue, 03 Nov 2026 10:00:00 +0000')] } } });
await new Promise((done) => server.listen(0, done));
const port = server.server.address().port;
const socket = net.connect(port, '127.0.0.1').setEncoding('utf8');
await once(socket, 'data');
const ask = async (line) => { let text = ''; socket.write('A ' + line + '\r\n'); while (!/^A /m.test(text)) text += (await once(socket, 'data'))[0]; return text.trim().split('\r\n').join(' | '); };
await ask('LOGIN testuser testpass');
await ask('SELECT INBOX');
for (const line of ['SEARCH SENTON 2-Nov-2026', 'SEARCH SENTON 3-Nov-2026', 'SEARCH SENTSINCE 1-Nov-2026', 'SEARCH FROM bob', 'SEARCH FROM carl', 'SEARCH OR FROM bob FROM anna']) console.log(line, '->', await ask(line));
const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: 'testuser', pass: 'testpass' }, logger: false });
await client.connect();
await client.mailboxOpen('INBOX');
console.log('imapflow, from carl:', JSON.stringify(await client.search({ from: 'carl' })));
process.exit(0);
JS

cat >expected <<'SEEN'
SEARCH SENTON 2-Nov-2026 -> A OK SEARCH completed
SEARCH SENTON 3-Nov-2026 -> A OK SEARCH completed
SEARCH SENTSINCE 1-Nov-2026 -> A OK SEARCH completed
SEARCH FROM bob -> * SEARCH 2 | A OK SEARCH completed
SEARCH FROM carl -> A OK SEARCH completed
SEARCH OR FROM bob FROM anna -> * SEARCH 2 1 | A OK SEARCH completed
imapflow, from carl: []
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
