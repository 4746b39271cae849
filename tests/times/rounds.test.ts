import { describe, expect, test } from 'vitest';
import {
  dueNext,
  measured,
  roundsOf,
  type Clock,
  type RoundMessage,
  type StatusChange,
  type TicketFacts,
} from '../../server/services/times/rounds';

/** How long a customer waited, told as what happened in which hour. */

const HOUR_MS = 3_600_000;
const AROUND_THE_CLOCK: Clock = { hours: null, waitingPauses: true };
const TARGET = { firstResponse: 240, resolution: 1440 };

const asks = (hour: number, cameAt = hour): RoundMessage => ({ at: hour * HOUR_MS, cameAt: cameAt * HOUR_MS, by: 'customer', user: null });
const answers = (hour: number, user = 7, cameAt = hour): RoundMessage => ({
  at: hour * HOUR_MS,
  cameAt: cameAt * HOUR_MS,
  by: 'agent',
  user,
});
const becomes = (hour: number, from: string, to: string, byEmail = false): StatusChange => ({ at: hour * HOUR_MS, from, to, byEmail });
const ticket = (status: string, messages: RoundMessage[], changes: StatusChange[] = [], more: Partial<TicketFacts> = {}): TicketFacts => ({
  createdAt: 10 * HOUR_MS,
  lastActivityAt: 50 * HOUR_MS,
  isRequest: false,
  status,
  messages,
  changes,
  ...more,
});
const hours = (ms: number | null) => ms && ms / HOUR_MS;
const tell = (facts: TicketFacts, clock = AROUND_THE_CLOCK) =>
  roundsOf(facts)
    .map((round) => measured(round, clock, TARGET))
    .map((round) => ({
      opened: hours(round.openedAt),
      response: hours(round.responseMs),
      resolution: hours(round.resolutionMs),
      counted: hours(round.resolutionCountedMs),
    }));

describe('of a ticket', () => {
  const [OPEN, WAITING, CLOSED] = ['Open', 'Wait For Response', 'Closed'];
  test.each<[string, TicketFacts, object[]]>([
    ['that nobody answers', ticket(OPEN, [asks(10)]), [{ opened: 10, response: null, resolution: null }]],
    ['the first answer counts', ticket(OPEN, [asks(10), answers(13), answers(20)]), [{ response: 3, resolution: null }]],
    ['the first question counts', ticket(OPEN, [asks(10), asks(11), answers(13)]), [{ response: 3 }]],
    [
      'that we opened by an email, the customer waits from their answer on',
      ticket(OPEN, [answers(10), asks(20), answers(22)]),
      [{ opened: 10, response: 2 }],
    ],
    ['that we opened and nobody answered, nobody has waited', ticket(OPEN, [answers(10)]), [{ response: null }]],
    [
      'of a form without a message, its opening is the question',
      ticket(OPEN, [answers(14)], [], { isRequest: true }),
      [{ opened: 10, response: 4 }],
    ],
    ['of an old mailbox, the dates of its emails count', ticket(OPEN, [asks(2, 10), answers(5, 7, 10)]), [{ opened: 2, response: 3 }]],
    [
      'that is closed, the resolution is from the opening to the closing',
      ticket(CLOSED, [asks(10), answers(12)], [becomes(15, OPEN, CLOSED)]),
      [{ response: 2, resolution: 5, counted: 5 }],
    ],
    [
      'that waited for the customer, that time counts for no target',
      ticket(
        CLOSED,
        [asks(10), answers(12), asks(30)],
        [becomes(12, OPEN, WAITING), becomes(30, WAITING, OPEN, true), becomes(33, OPEN, CLOSED)],
      ),
      [{ resolution: 23, counted: 5 }],
    ],
    [
      'that the customer opens again, both times count',
      ticket(
        CLOSED,
        [asks(10), answers(12), asks(40), answers(41)],
        [becomes(15, OPEN, CLOSED), becomes(40, CLOSED, OPEN, true), becomes(44, OPEN, CLOSED)],
      ),
      [
        { opened: 10, response: 2, resolution: 5 },
        { opened: 40, response: 1, resolution: 4 },
      ],
    ],
    [
      'that was closed too early, the first round goes on',
      ticket(CLOSED, [asks(10), answers(12)], [becomes(13, OPEN, CLOSED), becomes(14, CLOSED, OPEN), becomes(20, OPEN, CLOSED)]),
      [{ response: 2, resolution: 10 }],
    ],
    [
      'whose customer has a clock that is late, the answer comes after the closing all the same',
      ticket(OPEN, [asks(10), answers(12), asks(14.9, 15.1)], [becomes(15, OPEN, CLOSED), becomes(15.1, CLOSED, OPEN, true)]),
      [
        { resolution: 5, response: 2 },
        { opened: 15, resolution: null, response: null },
      ],
    ],
    [
      'that was closed before there was a log, it ended when somebody wrote last',
      ticket(CLOSED, [asks(10), answers(12)]),
      [{ response: 2, resolution: 40 }],
    ],
    [
      'that a statement opened beside the log, its status is the last word',
      ticket(OPEN, [asks(10)], [becomes(15, OPEN, CLOSED)]),
      [{ resolution: null }],
    ],
    [
      'answered after the closing, the answer counts',
      ticket(CLOSED, [asks(10), answers(16)], [becomes(15, OPEN, CLOSED)]),
      [{ response: 6, resolution: 5 }],
    ],
    [
      'that a site has given a status of its own, nothing is lost',
      ticket('Parked', [asks(10), answers(11)], [becomes(12, OPEN, 'Parked')]),
      [{ response: 1, resolution: null }],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(tell(facts)).toMatchObject(expected);
  });

  test('waiting counts where the settings say so', () => {
    const facts = ticket(CLOSED, [asks(10)], [becomes(12, OPEN, WAITING), becomes(33, WAITING, CLOSED)]);
    expect(tell(facts)[0].counted).toBe(2);
    expect(tell(facts, { hours: null, waitingPauses: false })[0].counted).toBe(23);
  });
});

describe('due next is', () => {
  const due = (facts: TicketFacts, target = TARGET) => {
    const next = dueNext(measured(roundsOf(facts).at(-1)!, AROUND_THE_CLOCK, target), facts.status, AROUND_THE_CLOCK);
    return next && [next.for, hours(next.at)];
  };
  test.each<[string, TicketFacts, [string, number] | null, typeof TARGET?]>([
    ['the first answer', ticket('Open', [asks(10)]), ['firstResponse', 14]],
    ['after it, the resolution', ticket('Open', [asks(10), answers(11)]), ['resolution', 34]],
    [
      'nothing while it waits for the customer',
      ticket('Wait For Response', [asks(10), answers(11)], [becomes(12, 'Open', 'Wait For Response')]),
      null,
    ],
    [
      'later by as much as it waited',
      ticket('Open', [asks(10), answers(11)], [becomes(12, 'Open', 'Wait For Response'), becomes(20, 'Wait For Response', 'Open')]),
      ['resolution', 42],
    ],
    ['nothing of a closed one', ticket('Closed', [asks(10)], [becomes(12, 'Open', 'Closed')]), null],
    ['nothing without targets', ticket('Open', [asks(10)]), null, { firstResponse: null, resolution: null } as never],
    ['the resolution, where it comes first', ticket('Open', [asks(10)]), ['resolution', 11], { firstResponse: 240, resolution: 60 }],
  ])('%s', (_name, facts, expected, target) => {
    expect(due(facts, target)).toEqual(expected);
  });
});
