#!/usr/bin/env bash
# smtp-server 3.21.6: where the sender has said all that it has to say (QUIT behind the message, and its half of the connection ended), the message gets no answer.
#
# Guess: a half that is ended ends nothing in the other direction (RFC 9293 section 3.6): the 250 of the message comes once the application has taken it, then the 221.
# Seen:  where the application takes a moment (a parser, a database), the connection is closed without a word. The application has the message.
# Hurts: Exim 4.96 ends its half so with the last message of a connection. It notes "Remote host closed connection in response to end of data" and
# delivers the message again: 30 of 30 came twice. Postfix, Sendmail, OpenSMTPD and Courier wait for the answer first, so nobody sees it in tests.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund smtp-server@3.21.6 >/dev/null

cat >run.cjs <<'CODE'
const { SMTPServer } = require('smtp-server');
const { connect } = require('node:net');

const talk = (takesMs, quitComes) =>
  new Promise((resolve) => {
    let taken = 0;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData(stream, session, done) {
        stream.resume().once('end', () => {
          taken += 1;
          if (takesMs === 0) done();
          else setTimeout(done, takesMs);
        });
      },
    });
    server.listen(0, '127.0.0.1', () => {
      const socket = connect({ port: server.server.address().port, host: '127.0.0.1', allowHalfOpen: true });
      const codes = [];
      const message = ['Subject: x\r\n\r\nHello\r\n.\r\n', 'QUIT\r\n'];
      const lines = ['EHLO mx.example\r\n', 'MAIL FROM:<a@a.example>\r\n', 'RCPT TO:<b@b.example>\r\n', 'DATA\r\n'];
      lines.push(...(quitComes !== 'after' ? [message.join('')] : message));
      socket.setEncoding('utf8').on('data', (text) => {
        for (const line of text.split('\r\n')) if (/^\d{3} /.test(line)) {
          codes.push(line.slice(0, 3));
          const next = lines.shift();
          if (next && lines.length === 0 && quitComes === 'along, and no more') socket.end(next);
          else if (next) socket.write(next);
          else socket.end();
        }
      });
      socket.on('close', () => server.close(() => resolve(`answers behind 354: ${codes.slice(codes.indexOf('354') + 1).join(' ') || 'none'}; taken: ${taken}`)));
    });
  });

(async () => {
  console.log('QUIT after the answer, taken in 200 ms:', await talk(200, 'after'));
  console.log('QUIT along with the message, taken at once:', await talk(0, 'along'));
  console.log('QUIT along with the message, taken in 200 ms:', await talk(200, 'along'));
  console.log('the same, and no more is sent, taken at once:', await talk(0, 'along, and no more'));
  console.log('the same, and no more is sent, taken in 200 ms:', await talk(200, 'along, and no more'));
})();
CODE

cat >expected <<'SEEN'
QUIT after the answer, taken in 200 ms: answers behind 354: 250 221; taken: 1
QUIT along with the message, taken at once: answers behind 354: 250 221; taken: 1
QUIT along with the message, taken in 200 ms: answers behind 354: 250 221; taken: 1
the same, and no more is sent, taken at once: answers behind 354: 250 221; taken: 1
the same, and no more is sent, taken in 200 ms: answers behind 354: none; taken: 1
SEEN
node run.cjs | tee seen
diff expected seen && echo 'as described'
