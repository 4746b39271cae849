#!/usr/bin/env bash
# worker-mailer 1.2.1: where a server offers DSN, each recipient is sent with NOTIFY=NEVER, so that no bounce ever comes back.
#
# Guess: without the dsn option nothing is said, and the server reports failures (RFC 3461 section 4.1).
# Seen:  NOTIFY=NEVER, which forbids a report of failure. The module that comes with the runtime (cloudflare:sockets) is made of node:net here;
# nothing else is changed.
# Hurts: answers to a mistyped address vanish, and the ticket stays "answered".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts worker-mailer@1.2.1

cat >try.mjs <<'JS'
import net from 'node:net';
import { once } from 'node:events';
import { register } from 'node:module';
const url = (code) => 'data:text/javascript,' + encodeURIComponent(code);
const sockets = `import net from 'node:net'; import { once } from 'node:events'; import { Readable, Writable } from 'node:stream';
export const connect = ({ hostname, port }) => { const socket = net.connect(port, hostname); return { opened: once(socket, 'connect'), readable: Readable.toWeb(socket), writable: Writable.toWeb(socket), close: async () => socket.destroy() }; };`;
register(url(`export const resolve = (name, context, next) => (name === 'cloudflare:sockets' ? { url: ${JSON.stringify(url(sockets))}, shortCircuit: true } : next(name, context));`));
const { WorkerMailer, LogLevel } = await import('./node_modules/worker-mailer/dist/index.mjs');
const session = async (extensions) => {
  const server = net.createServer((socket) => {
    let rest = '', inData = false;
    socket.write('220 mx.example.com\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        if (inData && line !== '.') continue;
        if (/^(MAIL|RCPT)/.test(line)) console.log('  ' + line.trim());
        inData = line === 'DATA';
        socket.write(line.startsWith('EHLO') ? ['mx.example.com', ...extensions].map((one, i, all) => '250' + (i === all.length - 1 ? ' ' : '-') + one + '\r\n').join('') : inData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  console.log('server offers', extensions.join(', '));
  await WorkerMailer.send({ host: '127.0.0.1', port: server.address().port, startTls: false, logLevel: LogLevel.NONE }, { from: 'desk@example.com', to: 'anna@example.com', subject: 'x', text: 'x' });
  server.close();
};
await session(['8BITMIME']);
await session(['8BITMIME', 'DSN']);
process.exit(0);
JS

cat >expected <<'SEEN'
server offers 8BITMIME
  MAIL FROM: <desk@example.com>
  RCPT TO: <anna@example.com>
server offers 8BITMIME, DSN
  MAIL FROM: <desk@example.com>
  RCPT TO: <anna@example.com> NOTIFY=NEVER
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
