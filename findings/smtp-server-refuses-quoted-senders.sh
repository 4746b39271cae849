#!/usr/bin/env bash
# smtp-server 3.21.6: an address with a quoted local part is refused, and the domain of a recipient comes out in Unicode.
#
# Guess: <"anna berg"@example.com> is taken (RFC 5321 section 4.1.2), and a domain stands in the envelope as it was sent.
# Seen:  501 Bad sender address syntax, the same for recipients; xn--mnchen-3ya.example becomes münchen.example in the envelope.
# Hurts: mail of such senders never arrives, and a comparison with the address that was stored fails.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts smtp-server@3.21.6

cat >try.mjs <<'JS'
import { once } from 'node:events';
import net from 'node:net';
import { SMTPServer } from 'smtp-server';
let envelope;
const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData: (stream, session, done) => { envelope = session.envelope; stream.resume(); stream.on('end', done); } });
server.listen(0, '127.0.0.1');
await once(server.server, 'listening');
const socket = net.connect(server.server.address().port, '127.0.0.1');
const answer = async () => { let text = ''; while (!/^\d{3} [^\n]*\n/m.test(text)) text += (await once(socket, 'data'))[0]; return text.trim().split('\n').at(-1); };
await answer();
for (const line of ['EHLO client.example', 'MAIL FROM:<"anna berg"@example.com>', 'MAIL FROM:<anna.berg@example.com>', 'RCPT TO:<"desk@work"@example.com>', 'RCPT TO:<desk@xn--mnchen-3ya.example>', 'DATA', 'Subject: x\r\n\r\nx\r\n.', 'QUIT']) {
  socket.write(line + '\r\n');
  const text = await answer();
  if (/^(MAIL|RCPT)/.test(line)) console.log(line, '->', text);
}
console.log(envelope.rcptTo.map((one) => one.address).join(' '));
server.close();
JS

cat >expected <<'SEEN'
MAIL FROM:<"anna berg"@example.com> -> 501 Error: Bad sender address syntax
MAIL FROM:<anna.berg@example.com> -> 250 Accepted
RCPT TO:<"desk@work"@example.com> -> 501 Error: Bad recipient address syntax
RCPT TO:<desk@xn--mnchen-3ya.example> -> 250 Accepted
desk@münchen.example
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
