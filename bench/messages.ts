/** Messages for benchmarks: about 4 kB, a third with an HTML part, no two alike. */

const SENTENCE = 'The machine stopped in the middle of the work and shows a light that I have not seen before. ';

const body = (round: number, index: number): string =>
  `Hello,\r\n\r\nthis is request ${round}-${index}.\r\n${`${SENTENCE}\r\n`.repeat(18)}\r\nRegards\r\nCustomer ${index}\r\n`;

export function newMessage(round: number, index: number, senders: number): string {
  const sender = index % senders;
  const headers = [
    `From: Customer Number${sender} <customer${sender}.${round}@customer.test>`,
    'To: Support <support@example.com>',
    `Subject: Request ${round}-${index} about the machine`,
    `Date: ${new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toUTCString()}`,
    `Message-ID: <new-${round}-${index}@customer.test>`,
    'Received: from mail.customer.test (mail.customer.test [192.0.2.1]) by mx.example.com with ESMTPS; Thu, 1 Jan 2026 00:00:00 +0000',
    'MIME-Version: 1.0',
  ];
  return withBody(headers, body(round, index), index);
}

/** As a mail client answers: the ticket's number in the subject, our ids in References, the quoted original below. */
export function reply(
  round: number,
  index: number,
  ticket: { ticketNumber: string; title: string; threadToken: string; contact: { email: string } },
): string {
  const quoted = body(round, index).replace(/^/gm, '> ');
  const headers = [
    `From: ${ticket.contact.email}`,
    'To: Support <support@example.com>',
    `Subject: Re: ${ticket.title} [${ticket.ticketNumber}]`,
    `Date: ${new Date(Date.UTC(2026, 0, 2, 0, 0, index)).toUTCString()}`,
    `Message-ID: <reply-${round}-${index}@customer.test>`,
    `In-Reply-To: <${ticket.threadToken}.${'0'.repeat(31)}1@example.com>`,
    `References: <${ticket.threadToken}@example.com> <${ticket.threadToken}.${'0'.repeat(31)}1@example.com>`,
    'MIME-Version: 1.0',
  ];
  const text = `Thank you, that helped with ${round}-${index}.\r\n\r\nOn Thu, 1 Jan 2026 at 10:00, Support <support@example.com> wrote:\r\n> ##- Please type your reply above this line -##\r\n${quoted}`;
  return withBody(headers, text, index);
}

function withBody(headers: string[], text: string, index: number): string {
  if (index % 3 !== 0) return `${[...headers, 'Content-Type: text/plain; charset=utf-8'].join('\r\n')}\r\n\r\n${text}`;
  const html = `<html><body><p>${text.replace(/\r\n/g, '<br>\r\n')}</p></body></html>`;
  const parts = [
    ['text/plain; charset=utf-8', text],
    ['text/html; charset=utf-8', html],
  ].map(([type, content]) => `--b1\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`);
  return `${[...headers, 'Content-Type: multipart/alternative; boundary=b1'].join('\r\n')}\r\n\r\n${parts.join('')}--b1--\r\n`;
}
