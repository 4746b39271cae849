#!/usr/bin/env bash
# baunsu 0.2.3: a report that says "delayed" counts as a bounce.
#
# Guess: Action: delayed and Status: 4.4.7 (RFC 3464 section 2.3.3) are no bounce: the server keeps trying.
# Seen:  bounced is true, and so it is for a report of success (Action: delivered, Status: 2.0.0).
# Hurts: an address is taken off the list, or the ticket is told undeliverable, although the email arrives an hour later.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts baunsu@0.2.3

cat >try.mjs <<'JS'
import Baunsu from 'baunsu';
const report = (action, status) => ['From: MAILER-DAEMON@example.net', 'To: desk@example.com', 'Subject: Delivery report', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x', '',
  '--x', 'Content-Type: text/plain', '', 'This is a report.', '', '--x', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net', '', 'Final-Recipient: rfc822; anna@example.com', 'Action: ' + action, 'Status: ' + status, '', '--x--', ''].join('\n');
for (const [action, status] of [['failed', '5.1.1'], ['delayed', '4.4.7'], ['delivered', '2.0.0'], ['relayed', '2.0.0']]) {
  const { bounced, score } = new Baunsu().detectSync(report(action, status));
  console.log(action, status, '-> bounced', bounced, 'score', Number(score.toFixed(2)));
}
console.log('a letter -> bounced', new Baunsu().detectSync('From: anna@example.com\nSubject: Re: your report\n\nHello\n').bounced);
JS

cat >expected <<'SEEN'
failed 5.1.1 -> bounced true score 0.5
delayed 4.4.7 -> bounced true score 0.5
delivered 2.0.0 -> bounced true score 0.5
relayed 2.0.0 -> bounced true score 0.5
a letter -> bounced false
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
