import { afterEach, expect, test } from 'vitest';
import { fieldValueOf, offeredMoments } from '../../admin/src/inbox/moments';

const { TZ } = process.env;
afterEach(() => {
  process.env.TZ = TZ;
});

test.each([
  ['on the day before clocks go forward', 'Europe/Berlin', '2026-03-28T14:00Z', '2026-03-29T07:00:00.000Z'],
  ['on the day before clocks go back', 'Europe/Berlin', '2026-10-24T14:00Z', '2026-10-25T08:00:00.000Z'],
  ['where they do so by half an hour', 'Australia/Lord_Howe', '2026-04-04T02:00Z', '2026-04-04T22:30:00.000Z'],
  ['an hour before they do', 'America/New_York', '2026-11-01T05:30Z', '2026-11-02T14:00:00.000Z'],
])('"tomorrow" is nine in the morning by the clock on the wall, %s', (_, zone, now, morning) => {
  process.env.TZ = zone;
  const { at } = offeredMoments(new Date(now)).find(({ key }) => key === 'tomorrow')!;
  expect(at.toISOString()).toBe(morning);
  expect(fieldValueOf(at)).toMatch(/T09:00$/);
});

test('"in three hours" is three hours later, also where the clock on the wall says four', () => {
  process.env.TZ = 'Europe/Berlin';
  const { at } = offeredMoments(new Date('2026-03-28T23:30Z')).find(({ key }) => key === 'inHours')!;
  expect([at.toISOString(), fieldValueOf(at)]).toEqual(['2026-03-29T02:30:00.000Z', '2026-03-29T04:30']);
});
