import type { Problem } from './assess-health';

/** What an alert says. Pure. */

export interface Alert {
  event: 'problem' | 'recovered' | 'test';
  kind: Problem['kind'] | 'test';
  subject: string;
  /** Sentences, one a line. */
  text: string;
  /** When the problem began. */
  since: Date | null;
  scanner: { documentId: string; name: string } | null;
}

interface AlertWords {
  problem(problem: Problem): { subject: string; text: string[] };
  recovered: string;
}

const calls = (count: number): string => (count === 1 ? 'One call' : `${count} calls`);

const emails = (count: number): string => (count === 1 ? 'One email' : `${count} emails`);

const ALERT_WORDS: Record<Problem['kind'], AlertWords> = {
  scannerFailing: {
    problem: ({ scanner, reason }) => ({
      subject: `${scanner!.name}: the mailbox cannot be scanned`,
      text: [
        `The mail scanner "${scanner!.name}" fails.`,
        ...(reason ? [reason] : []),
        'New emails do not become tickets until it works. Nothing is lost: they wait in the mailbox.',
      ],
    }),
    recovered: 'the mailbox is scanned again',
  },
  scannerOverdue: {
    problem: ({ scanner }) => ({
      subject: `${scanner!.name}: nobody scans the mailbox`,
      text: [
        `The mail scanner "${scanner!.name}" is active, but no instance has scanned its mailbox for longer than it should.`,
        'New emails do not become tickets until it is scanned. Nothing is lost: they wait in the mailbox.',
      ],
    }),
    recovered: 'the mailbox is scanned again',
  },
  outboxWaiting: {
    problem: ({ count }) => ({
      subject: 'Answers do not leave',
      text: [
        `${emails(count)} to customers could not be sent yet. They are tried again by themselves.`,
        'Check the outgoing mail settings: a test email there says what is wrong.',
      ],
    }),
    recovered: 'Answers leave again',
  },
  deliveriesFailed: {
    problem: ({ count }) => ({
      subject: `${emails(count)} to customers could not be sent`,
      text: [`${emails(count)} to customers failed for good within the last day. The tickets say why, and there they can be sent again.`],
    }),
    recovered: 'For a day, no email to customers has failed',
  },
  messagesFailed: {
    problem: ({ count }) => ({
      subject: `${emails(count)} did not become what the rules say`,
      text: [
        `${emails(count)} of the last day failed or had to be set aside, so that no customer's words are lost. The scan log says why.`,
        'They are tried again by themselves after an hour and after a day; with "Retry" in the scan log at once.',
      ],
    }),
    recovered: 'No email of the last day is left undone',
  },
  webhooksFailed: {
    problem: ({ count }) => ({
      subject: `${calls(count)} of webhooks failed`,
      text: [
        `${calls(count)} of webhooks were given up within the last day. Below the mail scanners it says why, and there they can be tried again.`,
      ],
    }),
    recovered: 'For a day, no call of a webhook has been given up',
  },
};

const SUBJECT = (words: string): string => `[Mail Scanner] ${words}`;

/** `link` leads to the panel's health page; null where it is not known. */
export function problemAlert(problem: Problem, link: string | null): Alert {
  const { kind, since, scanner } = problem;
  const { subject, text } = ALERT_WORDS[kind].problem(problem);
  return {
    event: 'problem',
    kind,
    subject: SUBJECT(subject),
    text: [...text, `Since ${utc(since)}.`, ...more(link)].join('\n'),
    since,
    scanner,
  };
}

/** What was told of is over. */
export function recoveredAlert(
  { kind, since, scanner }: Pick<Problem, 'kind' | 'since' | 'scanner'>,
  now: Date,
  link: string | null,
): Alert {
  const words = scanner ? `${scanner.name}: ${ALERT_WORDS[kind].recovered}` : ALERT_WORDS[kind].recovered;
  return {
    event: 'recovered',
    kind,
    subject: SUBJECT(words),
    text: [`${words}.`, `It was wrong from ${utc(since)} to ${utc(now)}.`, ...more(link)].join('\n'),
    since,
    scanner,
  };
}

export const testAlert = (link: string | null): Alert => ({
  event: 'test',
  kind: 'test',
  subject: SUBJECT('This is a test'),
  text: ['This is what an alert of the mail scanner looks like. Nothing is wrong.', ...more(link)].join('\n'),
  since: null,
  scanner: null,
});

const more = (link: string | null): string[] => (link ? [link] : []);

const utc = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
