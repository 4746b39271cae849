import type { Report, ReportTable } from '../../../shared/api/reports';

/** Tables of a report as CSV (RFC 4180) that spreadsheets open as it is: UTF-8 with its mark, and nothing in it is a formula. */

type Cell = string | number | null;

const BYTE_ORDER_MARK = '\ufeff';

export function csvOf(report: Report, table: ReportTable): string {
  const lines = TABLES[table](report).map((row) => row.map(cellOf).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

const GROUP_HEAD = ['opened', 'solved', 'first answers', 'seconds to the first answer on average', 'ratings', 'good ratings'];
const groups = (name: string, key: 'agents' | 'scanners' | 'teams' | 'tags') => (report: Report) => [
  [name, ...GROUP_HEAD],
  ...report[key].map((group) => [
    group.name,
    group.opened,
    group.solved,
    group.answered,
    group.averageResponse,
    group.rated,
    group.ratedGood,
  ]),
];

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const TABLES: Record<ReportTable, (report: Report) => Cell[][]> = {
  days: ({ days }) => [['date', 'opened', 'solved'], ...days.map(({ date, opened, solved }) => [date, opened, solved])],
  hours: ({ hours }) => [
    ['weekday', 'hour', 'opened'],
    ...hours.map((opened, hour) => [WEEKDAYS[Math.floor(hour / 24)], hour % 24, opened]),
  ],
  agents: groups('agent', 'agents'),
  scanners: groups('scanner', 'scanners'),
  teams: groups('team', 'teams'),
  tags: groups('tag', 'tags'),
};

/** A text that a spreadsheet would work out begins with an apostrophe, which shows that it is none. */
export function cellOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
