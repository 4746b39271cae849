import type { ServiceLevels, Span } from '../../../shared/api/service-levels';

/** Business hours as people type them: the spans of a day in one line, a holiday in each line. */
export interface LevelValues extends Omit<ServiceLevels, 'hours'> {
  /** By the names of the server, whose errors name them. */
  hours: {
    timeZone: string;
    /** "09:00–12:00, 13:00–17:00", from Monday on. */
    days: string[];
    /** "2027-01-01 New Year" */
    holidays: string;
  };
}

export const valuesOf = ({ hours: { timeZone, days, holidays }, ...levels }: ServiceLevels): LevelValues => ({
  ...levels,
  hours: {
    timeZone,
    days: days.map((spans) => spans.map(({ from, to }) => `${from}–${to}`).join(', ')),
    holidays: holidays.map(({ date, name }) => `${date} ${name}`.trim()).join('\n'),
  },
});

/** What cannot be read goes to the server as it is, which says what it wants. */
export const levelsOf = ({ hours: { timeZone, days, holidays }, ...levels }: LevelValues): ServiceLevels => ({
  ...levels,
  hours: {
    timeZone,
    days: days.map((line) => partsOf(line, ',').map(spanOf)),
    holidays: partsOf(holidays, '\n').map((line) => ({ date: line.split(/\s/, 1)[0], name: line.replace(/^\S+\s*/, '') })),
  },
});

const partsOf = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

function spanOf(text: string): Span {
  const [from, to = ''] = text.split(/\s*[-–—]\s*/);
  return { from: padded(from), to: padded(to) };
}

/** "9:00" as "09:00", and "9" too. */
const padded = (time: string): string => {
  const [hour, minute = '00'] = time.split(':');
  return /^\d{1,2}$/.test(hour) ? `${hour.padStart(2, '0')}:${minute}` : time;
};
