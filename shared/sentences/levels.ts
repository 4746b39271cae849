/** Business hours and targets. */
export const levels = {
  'levels.time': 'Give a time of the day such as 09:00, or 24:00 for its end.',
  'levels.order': 'A span ends after it begins. One over midnight is two: until 24:00, and from 00:00 on the next day.',
  'levels.overlap': 'The spans of a day come in their order and do not overlap.',
  'levels.noHours': 'Give at least one day with hours, or let all hours count.',
  'levels.date': 'Give a date such as 2027-01-01.',
  'levels.range': 'Give a last day that is not before the first, at most two years later.',
} as const;
