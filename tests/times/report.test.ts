import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, cellOf } from '../../server/services/times/csv';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** What a report says, counted by the database out of rounds that are written as they were measured. */

const UNRATED = { rated: 0, ratedGood: 0 };

describe('a report', () => {
  let app: TestStrapi;
  let ada: number;
  let next = 0;
  const tickets: { id: number; documentId: string }[] = [];
  let urgent: { documentId: string };

  const report = (query: string): Promise<any> => app.api('GET', `/reports?${query}`);
  const write = async (ticket: number, columns: Record<string, unknown>) =>
    app.strapi.db.connection('mail_scanner_rounds').insert({ ticket_id: tickets[ticket].id, number: (next += 1), ...columns });
  const at = (text: string): number => Date.parse(text);

  beforeAll(async () => {
    app = await startStrapi();
    await app.api('PUT', '/service-levels', { hours: { timeZone: 'Europe/Berlin', days: [[], [], [], [], [], [], []], holidays: [] } });
    urgent = await app.api('POST', '/tags', { name: 'Urgent' });
    for (const title of ['One', 'Two', 'Three'])
      tickets.push(await app.api('POST', '/tickets', { title, contactEmail: 'jane@customer.test' }));
    await app.api('PUT', `/tickets/${tickets[0].documentId}`, { addTags: [urgent.documentId] });
    ada = (await app.strapi.db.query('admin::user').findOne({ select: ['id'] })).id;
    // The clocks went back in the night to the 25th: a day of 25 hours.
    await write(0, {
      opened_at: at('2026-10-24T22:30Z'),
      assignee_id: ada,
      answered_at: at('2026-10-24T23:30Z'),
      answered_by: ada,
      response_s: 3600,
      response_counted_s: 60,
      response_due: at('2026-10-25T00:00Z'),
    });
    await write(1, {
      opened_at: at('2026-10-25T22:30Z'),
      answered_at: at('2026-10-26T08:00Z'),
      answered_by: ada,
      response_s: 7200,
      response_counted_s: 120,
      response_due: at('2026-10-26T07:00Z'),
    });
    await write(2, {
      opened_at: at('2026-10-25T23:30Z'),
      resolved_at: at('2026-10-26T22:59Z'),
      resolution_s: 100,
      assignee_id: ada,
      answered_at: at('2026-10-26T09:00Z'),
      answered_by: ada + 9999,
      response_s: 60,
    });
    // The days before.
    await write(0, { opened_at: at('2026-10-21T12:00Z'), resolved_at: at('2026-10-22T12:00Z'), resolution_s: 50 });
    // What customers said, on these days and after them.
    const rated = app.strapi.db.connection('mail_scanner_ratings');
    await rated.insert([
      { delivery_id: 1, ticket_id: tickets[0].id, assignee_id: ada, score: 'good', rated_at: at('2026-10-25T12:00Z') },
      { delivery_id: 2, ticket_id: tickets[1].id, assignee_id: ada, score: 'bad', rated_at: at('2026-10-26T12:00Z') },
      { delivery_id: 3, ticket_id: tickets[1].id, score: 'ok', rated_at: at('2026-10-27T12:00Z') },
    ]);
    // And after.
    await write(1, { opened_at: at('2026-10-26T23:00Z') });
  });

  afterAll(async () => {
    await app?.stop();
    if (app) removeFolder(app.folder);
  });

  test('counts days and hours by the clock of the business hours, also where clocks are changed', async () => {
    const found = await report('since=2026-10-24&until=2026-10-26');
    expect(found.days).toEqual([
      { date: '2026-10-24', opened: 0, solved: 0 },
      { date: '2026-10-25', opened: 2, solved: 0 },
      { date: '2026-10-26', opened: 1, solved: 1 },
    ]);
    const busy = found.hours.flatMap((count: number, hour: number) => (count > 0 ? [[Math.floor(hour / 24), hour % 24, count]] : []));
    expect(busy).toEqual([
      [0, 0, 1],
      [6, 0, 1],
      [6, 23, 1],
    ]);
    expect(found).toMatchObject({ timeZone: 'Europe/Berlin', openNow: 3 });
  });

  test('says the median, nine in ten and what was on time, beside as many days before', async () => {
    const { numbers, before } = await report('since=2026-10-24&until=2026-10-26');
    expect(numbers).toMatchObject({
      opened: 3,
      solved: 1,
      firstResponse: { count: 3, median: 3600, p90: 7200, withTarget: 2, onTime: 1 },
      resolution: { count: 1, median: 100, p90: 100 },
      ratings: { good: 1, ok: 0, bad: 1 },
    });
    expect(before).toMatchObject({
      opened: 1,
      solved: 1,
      firstResponse: { count: 0, median: null, p90: null },
      resolution: { median: 50 },
    });
    expect((await report('since=2026-10-24&until=2026-10-26&counted=true')).numbers.firstResponse).toMatchObject({
      count: 2,
      median: 60,
      p90: 120,
    });
  });

  test('is told by agent, scanner and tag, and for one of them alone', async () => {
    const found = await report('since=2026-10-24&until=2026-10-26');
    expect(found.agents).toEqual([
      { name: 'Ada Admin', opened: 2, solved: 1, answered: 2, averageResponse: 5400, rated: 2, ratedGood: 1 },
      { name: `#${ada + 9999}`, opened: 0, solved: 0, answered: 1, averageResponse: 60, ...UNRATED },
      { name: null, opened: 1, solved: 0, answered: 0, averageResponse: null, ...UNRATED },
    ]);
    expect(found.tags).toEqual([{ name: 'Urgent', opened: 1, solved: 0, answered: 1, averageResponse: 3600, rated: 1, ratedGood: 1 }]);
    expect(found.scanners).toEqual([{ name: null, opened: 3, solved: 1, answered: 3, averageResponse: 3620, rated: 2, ratedGood: 1 }]);
    const ofAda = await report(`since=2026-10-24&until=2026-10-26&agent=${ada}`);
    expect(ofAda.numbers).toMatchObject({ opened: 2, firstResponse: { count: 2 } });
    const tagged = await report(`since=2026-10-24&until=2026-10-26&tag=${urgent.documentId}`);
    expect(tagged.numbers).toMatchObject({ opened: 1, firstResponse: { count: 1 }, ratings: { good: 1, ok: 0, bad: 0 } });
    expect((await report('since=2026-10-24&until=2026-10-26&scanner=gone')).numbers.opened).toBe(0);
  });

  test('takes no days that make no sense, and comes as a file for a spreadsheet', async () => {
    const status = async (query: string) => (await app.request('GET', `/reports?${query}`)).status;
    expect([
      await status('since=2026-10-26&until=2026-10-24'),
      await status('since=2020-01-01&until=2026-01-01'),
      await status('since=yesterday&until=2026-01-01'),
    ]).toEqual([400, 400, 400]);
    const { headers, body } = await app.request('GET', '/reports/csv?since=2026-10-24&until=2026-10-26&table=agents');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toContain('report-agents-2026-10-24-2026-10-26.csv');
    expect(String(body)).toContain('Ada Admin,2,1,2,5400,2,1\r\n');
  });
});

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['@team', "'@team"],
  ['-sum', "'-sum"],
  [' =1', "' =1"],
  ['a, "b"', '"a, ""b"""'],
  ['Jörg', 'Jörg'],
  [-5, '-5'],
  [null, ''],
])('a cell of %j is %j, which no spreadsheet works out', (value, cell) => {
  expect(cellOf(value)).toBe(cell);
});

test('a file begins with the mark of UTF-8', () => {
  const csv = csvOf({ days: [{ date: '2026-01-01', opened: 1, solved: 2 }] } as never, 'days');
  expect(csv).toBe('\ufeffdate,opened,solved\r\n2026-01-01,1,2\r\n');
});
