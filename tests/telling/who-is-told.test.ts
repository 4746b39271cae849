import { describe, expect, test } from 'vitest';
import { mentionedIn } from '../../server/services/telling/mentions';
import type { Holder } from '../../server/services/inbox/viewer';
import type { Reader } from '../../server/services/telling/readers';
import { whoIsTold, whoWasNamed, type Facts, type NewsRow } from '../../server/services/telling/who-is-told';

const person = (id: number, firstname: string, lastname: string | null = null, seesAll = true): Reader => ({
  id,
  firstname,
  lastname,
  email: `${firstname}@desk.test`,
  language: null,
  seesAll,
  teams: null,
});

describe('names in a note', () => {
  const ann = person(1, 'Ann', 'Lee');
  const annika = person(2, 'Annika', 'Öst');
  const ann2 = person(3, 'Ann', 'Leeds');
  const bo = person(4, 'Bo', null);
  const people = [ann, annika, ann2, bo];
  test.each([
    ['Please look, @Ann Lee.', [1]],
    ['@ann   LEE and @Bo!', [1, 4]],
    ['@Ann Leeds knows', [3]],
    ['@Annika', [2]],
    ['@Annika O\u0308st', [2]],
    ['@Ann: which one?', []],
    ['Write to ann@Bo.test or x@bo', []],
    ['@Bonnie, @@Bo', []],
    ['(@Bo)', [4]],
  ])('%s', (text, ids) => {
    expect([...mentionedIn(text, people)].sort()).toEqual(ids);
  });

  test('two people of the same name are both meant', () => {
    expect([...mentionedIn('@Ann Lee', [ann, { ...ann, id: 9 }])]).toEqual([1, 9]);
  });
});

const held = (assignee: number | null, team: number | null = null): Holder => ({ assignee, team });

describe('whom news concern', () => {
  const ada = person(1, 'Ada');
  const ben = person(2, 'Ben');
  const cleo = person(3, 'Cleo', null, false);
  const facts = (more: Partial<Facts> = {}): Facts => ({
    readers: new Map([ada, ben, cleo].map((one) => [one.id, one])),
    tickets: new Map([[10, held(null)]]),
    teams: new Map(),
    absent: new Set(),
    comments: new Map([[100, { ticket: 10, note: '', isByCustomer: true }]]),
    deliveries: new Map(),
    followers: new Map(),
    muted: new Map(),
    ...more,
  });
  const row = (kind: NewsRow['kind'], record?: number, by?: number, id = 1): NewsRow => ({ id, kind, ticket: 10, record, by, at: 5 });
  const told = (news: NewsRow[], known: Facts) => whoIsTold(news, known).map(({ user, kind, comment }) => [user, kind, comment]);

  test('a new ticket that nobody has concerns all who see it, and leads to its message', () => {
    expect(told([row('opened'), row('message', 100, undefined, 2)], facts())).toEqual([
      [1, 'unassigned', 100],
      [2, 'unassigned', 100],
    ]);
  });

  test('a ticket of a team that nobody has concerns its people; where none of them sees tickets, all who see it', () => {
    const ofTeam = { tickets: new Map([[10, held(null, 7)]]) };
    for (const news of [row('opened'), row('team')]) {
      expect(told([news], facts({ ...ofTeam, teams: new Map([[7, [2, 3, 99]]]) }))).toEqual([[2, 'team', null]]);
      expect(told([news], facts(ofTeam))).toEqual([
        [1, 'unassigned', null],
        [2, 'unassigned', null],
      ]);
    }
    expect(told([row('due')], facts({ ...ofTeam, teams: new Map([[7, [2]]]) }))).toEqual([[2, 'dueSoon', null]]);
    expect(told([row('team')], facts({ tickets: new Map([[10, held(1, 7)]]), teams: new Map([[7, [2]]]) }))).toEqual([]);
  });

  test('nobody is told of what they did themselves', () => {
    expect(told([row('opened', undefined, 1)], facts())).toEqual([[2, 'unassigned', null]]);
    expect(told([row('assigned', 1, 1)], facts({ tickets: new Map([[10, held(1)]]) }))).toEqual([]);
  });

  test('who takes a new ticket at once is not told of it, and hears the answer that comes at the same moment', () => {
    const known = facts({ tickets: new Map([[10, held(1)]]) });
    expect(told([row('opened'), row('assigned', 1, 1, 2), row('message', 100, undefined, 3)], known)).toEqual([[1, 'answer', 100]]);
    expect(told([row('opened'), row('assigned', 1, 2, 2)], known)).toEqual([[1, 'assigned', null]]);
  });

  test('who sees their own tickets alone is told of those alone', () => {
    expect(told([row('message', 100)], facts({ tickets: new Map([[10, held(3)]]) }))).toEqual([[3, 'answer', 100]]);
    expect(told([row('message', 100)], facts({ followers: new Map([[10, [3]]]) }))).toEqual([]);
  });

  test('a message is told to the assignee and to who follows, each once', () => {
    const known = facts({ tickets: new Map([[10, held(1)]]), followers: new Map([[10, [1, 2]]]) });
    expect(told([row('message', 100)], known)).toEqual([
      [1, 'answer', 100],
      [2, 'followed', 100],
    ]);
  });

  test('what a customer writes on a ticket of an absent colleague concerns who may take it, and what colleagues write does not', () => {
    const ofTeam = facts({ tickets: new Map([[10, held(1, 7)]]), teams: new Map([[7, [1, 2]]]), absent: new Set([1]) });
    expect(told([row('message', 100)], ofTeam)).toEqual([
      [1, 'answer', 100],
      [2, 'absent', 100],
    ]);
    const colleague = { ...ofTeam, comments: new Map([[100, { ticket: 10, note: '', isByCustomer: false }]]) };
    expect(told([row('message', 100, 3)], colleague)).toEqual([[1, 'answer', 100]]);
    expect(told([row('message', 100)], { ...ofTeam, absent: new Set() })).toEqual([[1, 'answer', 100]]);
  });

  test('a note tells those whom it names, and they follow; who may not see the ticket does not', () => {
    const known = facts({ comments: new Map([[100, { ticket: 10, note: '@Ben and @Cleo, look', isByCustomer: false }]]) });
    expect(told([row('message', 100, 1)], known)).toEqual([[2, 'mention', 100]]);
    expect(whoWasNamed([row('message', 100, 1)], known)).toEqual([{ user: 2, ticket: 10 }]);
  });

  test('an answer that did not arrive is told to its author, beside other news of the ticket', () => {
    const known = facts({ tickets: new Map([[10, held(1)]]), deliveries: new Map([[7, { comment: 99, author: 1 }]]) });
    expect(told([row('failed', 7), row('message', 100, undefined, 2)], known)).toEqual([
      [1, 'deliveryFailed', 99],
      [1, 'answer', 100],
    ]);
  });

  test('what a customer thinks of the work is told beside other news of the ticket', () => {
    const known = facts({ tickets: new Map([[10, held(1)]]) });
    expect(told([row('opened'), row('rated', 7, undefined, 2)], known)).toEqual([
      [1, 'assigned', null],
      [1, 'rated', null],
    ]);
  });

  test('of a ticket that is gone, or given to somebody else since, nothing is told', () => {
    expect(told([row('opened')], facts({ tickets: new Map() }))).toEqual([]);
    expect(told([row('assigned', 1)], facts({ tickets: new Map([[10, held(2)]]) }))).toEqual([]);
    expect(told([row('message', 55)], facts({ tickets: new Map([[10, held(1)]]) }))).toEqual([]);
  });
});
