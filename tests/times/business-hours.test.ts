import { describe, expect, test } from 'vitest';
import { afterCounted, countedMs, localDay, offsetAt, startOfLocalDay } from '../../server/services/times/business-hours';
import type { BusinessHours, Span } from '../../shared/api/service-levels';

/** What of the time between two moments a team was there for, and when so much of it has passed. */

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);
const span = (text: string): Span => ({ from: text.slice(0, 5), to: text.slice(6) });
const week = (timeZone: string, weekdays: string, weekend = '', holidays: string[] = []): BusinessHours => {
  const spans = (text: string) => text.split(' ').filter(Boolean).map(span);
  const days = [...Array.from({ length: 5 }, () => spans(weekdays)), ...Array.from({ length: 2 }, () => spans(weekend))];
  return { timeZone, days, holidays: holidays.map((date) => ({ date, name: 'Holiday' })) };
};

const OFFICE = week('Europe/Berlin', '09:00-12:00 13:00-17:00');
const ROUND_THE_CLOCK = week('Europe/Berlin', '00:00-24:00', '00:00-24:00');
const NIGHT = week('Europe/Berlin', '00:00-06:00 22:00-24:00', '00:00-06:00 22:00-24:00');

describe('of the time between two moments counts', () => {
  test.each<[string, BusinessHours | null, string, string, number]>([
    ['all of it without hours', null, '2026-11-28T00:00Z', '2026-11-30T00:00Z', 48],
    ['nothing where the end comes first', OFFICE, '2026-11-30T12:00Z', '2026-11-30T09:00Z', 0],
    ['what lies in a span', OFFICE, '2026-11-30T08:30Z', '2026-11-30T10:00Z', 1.5],
    ['no lunch break', OFFICE, '2026-11-30T10:00Z', '2026-11-30T13:00Z', 2],
    ['no night', OFFICE, '2026-11-30T15:00Z', '2026-12-01T09:00Z', 2],
    ['no weekend', OFFICE, '2026-11-27T15:00Z', '2026-11-30T09:00Z', 2],
    ['a whole week', OFFICE, '2026-11-23T00:00Z', '2026-11-30T00:00Z', 35],
    ['no holiday', week('Europe/Berlin', '09:00-17:00', '', ['2026-12-25']), '2026-12-24T15:00Z', '2026-12-28T09:00Z', 2],
    [
      'nothing more for a holiday at a weekend',
      week('Europe/Berlin', '09:00-17:00', '', ['2026-12-26']),
      '2026-12-25T15:00Z',
      '2026-12-28T09:00Z',
      2,
    ],
    ['a day of 23 hours, where clocks go forward', ROUND_THE_CLOCK, '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23],
    ['a day of 25 hours, where clocks go back', ROUND_THE_CLOCK, '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25],
    ['an hour less of a night in which clocks go forward', NIGHT, '2026-03-28T21:00Z', '2026-03-29T04:00Z', 7],
    ['an hour more of a night in which clocks go back', NIGHT, '2026-10-24T20:00Z', '2026-10-25T05:00Z', 9],
    ['office hours by the clock on the wall before the change', OFFICE, '2026-10-23T00:00Z', '2026-10-24T00:00Z', 7],
    ['and after it', OFFICE, '2026-10-26T00:00Z', '2026-10-27T00:00Z', 7],
    ['another zone of half an hour', week('Asia/Kolkata', '09:30-10:30'), '2026-11-30T04:00Z', '2026-11-30T05:00Z', 1],
    ['the day before, where it is still Sunday', week('Pacific/Honolulu', '09:00-17:00'), '2026-11-30T00:00Z', '2026-11-30T20:00Z', 1],
  ])('%s', (_name, hours, from, to, expected) => {
    expect(countedMs(hours, at(from), at(to)) / HOUR_MS).toBe(expected);
  });

  test('a span whose beginning the change of the clocks leaves out begins with the change', () => {
    const gap = week('Europe/Berlin', '', '02:30-04:00');
    expect(countedMs(gap, at('2026-03-29T00:00Z'), at('2026-03-29T10:00Z'))).toBe(HOUR_MS);
  });
});

describe('so many hours have passed', () => {
  test.each<[string, BusinessHours | null, string, number, string | null]>([
    ['by the clock, without hours', null, '2026-11-28T00:00Z', 4, '2026-11-28T04:00:00.000Z'],
    ['within the span', OFFICE, '2026-11-30T08:00Z', 2, '2026-11-30T10:00:00.000Z'],
    ['at the end of a span and not at the beginning of the next', OFFICE, '2026-11-30T08:00Z', 3, '2026-11-30T11:00:00.000Z'],
    ['after the break', OFFICE, '2026-11-30T10:00Z', 2, '2026-11-30T13:00:00.000Z'],
    ['on Monday, from Friday evening on', OFFICE, '2026-11-27T20:00Z', 1, '2026-11-30T09:00:00.000Z'],
    [
      'after the holidays',
      week('Europe/Berlin', '09:00-17:00', '', ['2026-12-25', '2026-12-26']),
      '2026-12-24T15:30Z',
      1,
      '2026-12-28T08:30:00.000Z',
    ],
    ['over the night in which clocks go back', ROUND_THE_CLOCK, '2026-10-24T22:00Z', 25, '2026-10-25T23:00:00.000Z'],
    ['never, where nobody is ever there', week('Europe/Berlin', ''), '2026-11-30T08:00Z', 1, null],
  ])('%s', (_name, hours, from, count, expected) => {
    const moment = afterCounted(hours, at(from), count * HOUR_MS);
    expect(moment && new Date(moment).toISOString()).toBe(expected);
  });

  test('what counts until that moment is as much again, over a year of any zone', () => {
    for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC']) {
      const hours = week(timeZone, '08:15-12:00 12:45-18:30', '10:00-11:00', ['2026-12-25']);
      for (let moment = at('2026-01-01T00:00Z'); moment < at('2027-01-01T00:00Z'); moment += 97 * HOUR_MS)
        for (const ms of [1, HOUR_MS, 20 * HOUR_MS]) expect(countedMs(hours, moment, afterCounted(hours, moment, ms)!)).toBe(ms);
    }
  });
});

test('the same hours are other moments in another time zone', () => {
  const [berlin, newYork] = [week('Europe/Berlin', '09:00-17:00'), week('America/New_York', '09:00-17:00')];
  const from = at('2026-11-30T00:00Z');
  expect(new Date(afterCounted(berlin, from, HOUR_MS)!).toISOString()).toBe('2026-11-30T09:00:00.000Z');
  expect(new Date(afterCounted(newYork, from, HOUR_MS)!).toISOString()).toBe('2026-11-30T15:00:00.000Z');
});

test('a day of the calendar begins at midnight there, or where there is none when the clock goes forward', () => {
  const day = (timeZone: string, date: string) => new Date(startOfLocalDay(timeZone, Date.parse(date) / 86_400_000)).toISOString();
  expect(day('Europe/Berlin', '2026-11-30')).toBe('2026-11-29T23:00:00.000Z');
  // Of a Saturday in Cairo the first hour was left out.
  expect(day('Africa/Cairo', '2026-04-24')).toBe('2026-04-23T22:00:00.000Z');
  expect(localDay('Africa/Cairo', at('2026-04-23T22:00Z'))).toBe(Date.parse('2026-04-24') / 86_400_000);
  expect(offsetAt('Asia/Kathmandu', at('2026-11-30T00:00Z'))).toBe(5.75 * HOUR_MS);
});
