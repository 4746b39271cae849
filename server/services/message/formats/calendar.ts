/**
 * An invitation (RFC 5545, RFC 5546) in words: what, when, where, who; each event, where there are several. Times are shown as the
 * calendar writes them, with their zone; nothing is converted. Null when there is no event in it.
 */
export function calendarText(source: string): string | null {
  const lines = source
    .slice(0, 200_000)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const starts = lines.flatMap((line, i) => (/^BEGIN:(?:VEVENT|VTODO)$/i.test(line.trim()) ? [i] : []));
  if (starts.length === 0) return null;
  const method = readProperties(lines.slice(0, starts[0])).get('METHOD')?.value.toUpperCase() ?? '';
  const events = starts.slice(0, MAX_EVENTS).map((start) => eventText(readProperties(lines.slice(start + 1)), method));
  const more = starts.length - events.length;
  return [...events, ...(more > 0 ? [`… ${more} more`] : [])].filter((event) => event !== '').join('\n\n');
}

/** As many as somebody reads in a letter; the file has them all. */
const MAX_EVENTS = 20;

function eventText(event: Map<string, Property>, method: string): string {
  const [start, replaced] = ['DTSTART', 'RECURRENCE-ID'].map((name) => time(event.get(name)));
  const rows: [string, string | undefined][] = [
    [titles[method] ?? 'Event', text(event.get('SUMMARY')?.value)],
    ['Answer', method === 'REPLY' || method === 'COUNTER' ? answerOf(event.get('ATTENDEE')) : undefined],
    ['Instead of', replaced === start ? undefined : replaced],
    ['Start', start],
    ['End', endOf(event)],
    ['Repeats', event.get('RRULE')?.value.toLowerCase().replace(/;/g, ', ').replace(/=/g, ' ')],
    ['Where', text(event.get('LOCATION')?.value)],
    ['Organizer', person(event.get('ORGANIZER'))],
    ['', text(event.get('COMMENT')?.value)],
    ['', text(event.get('DESCRIPTION')?.value)],
  ];
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => (label === '' ? `\n${value}` : `${label}: ${value}`))
    .join('\n');
}

const titles: Record<string, string> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancelled',
  REPLY: 'Answer to an invitation',
  COUNTER: 'Other time proposed',
  PUBLISH: 'Event',
};

/** RFC 5546 §3.2.3: who answers is the only attendee. */
function answerOf(attendee: Property | undefined): string | undefined {
  const answer = /PARTSTAT="?([A-Za-z-]{1,40})/i.exec(attendee?.params ?? '')?.[1].toLowerCase();
  return answer === undefined ? undefined : `${answer}, ${person(attendee)}`;
}

interface Property {
  params: string;
  value: string;
}

/** The first property of each name until the component ends; those of alarms inside are left out. */
function readProperties(lines: string[]): Map<string, Property> {
  const properties = new Map<string, Property>();
  let nested = 0;
  for (const line of lines) {
    const match = /^([A-Za-z-]{1,40})((?:;[^:"]{0,500}(?:"[^"]{0,500}")?){0,20}):(.*)$/.exec(line.slice(0, 50_000));
    if (match === null) continue;
    const name = match[1].toUpperCase();
    if (name === 'BEGIN' && match[3].toUpperCase() !== 'VCALENDAR') nested++;
    else if (name === 'END' && nested-- <= 0) break;
    else if (nested <= 0 && !properties.has(name)) properties.set(name, { params: match[2], value: match[3].trim() });
  }
  return properties;
}

/** RFC 5545 §3.3.11 */
function text(value: string | undefined): string | undefined {
  return value?.replace(/\\([nN,;\\])/g, (_, character: string) => (character.toLowerCase() === 'n' ? '\n' : character)).trim();
}

const dateOrTime = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?/;

/**
 * The end as people say it. DTEND names the first moment that is free again (RFC 5545 §3.6.1), which for whole days is a day later
 * than people say; a single whole day needs no end at all.
 */
function endOf(event: Map<string, Property>): string | undefined {
  const start = event.get('DTSTART');
  const end = event.get('DTEND') ?? later(start, event.get('DURATION')?.value);
  if (end === undefined || !/^\d{8}$/.test(end.value)) return time(end ?? event.get('DUE'));
  const last = shifted(end.value, -DAY_MS);
  return last === undefined || last <= (start?.value ?? '').slice(0, 8) ? undefined : time({ ...end, value: last });
}

const DAY_MS = 86_400_000;

/** The moment as far behind `start` as a duration says (RFC 5545 §3.3.6), on the clock of the same zone. */
function later(start: Property | undefined, duration: string | undefined): Property | undefined {
  const match = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/i.exec(duration ?? '');
  if (match === null || start === undefined) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const value = shifted(start.value, (weeks * 7 + days) * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000);
  return value === undefined ? undefined : { ...start, value };
}

/** A date or time of RFC 5545 this many milliseconds later, in the same form. */
function shifted(value: string, byMs: number): string | undefined {
  const [, year, month, day, hour, minute, utc] = dateOrTime.exec(value) ?? [];
  if (year === undefined) return undefined;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0)) + byMs;
  const date = new Date(time);
  if (date.getUTCFullYear() > 9999) return undefined;
  const written = date.toISOString().replace(/[-:]/g, '');
  return hour === undefined ? written.slice(0, 8) : `${written.slice(0, 15)}${utc}`;
}

function time(property: Property | undefined): string | undefined {
  const match = dateOrTime.exec(property?.value ?? '');
  if (match === null) return property?.value;
  const [, year, month, day, hour, minute, utc] = match;
  const zone = utc === 'Z' ? ' UTC' : parameter(property, 'TZID').replace(/^(?=.)/, ' ');
  return hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day} ${hour}:${minute}${zone}`;
}

function person(property: Property | undefined): string | undefined {
  const name = parameter(property, 'CN');
  const address = property?.value.replace(/^mailto:/i, '') ?? '';
  return name === '' || name === address ? address : `${name} <${address}>`;
}

/** In quotes it may hold any sign (RFC 5545 §3.2) but quotes and line ends, which RFC 6868 writes as `^'` and `^n`. */
function parameter(property: Property | undefined, name: string): string {
  const match = new RegExp(`;${name}=(?:"([^"]{1,200})"|([^";:]{1,200}))`, 'i').exec(`;${property?.params ?? ''}`);
  return (match?.[1] ?? match?.[2] ?? '').replace(/\^(['n^])/g, (_, sign: string) => ({ "'": '"', n: ' ', '^': '^' })[sign] ?? '').trim();
}
