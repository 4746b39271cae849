/** Dates and times of day in whatever language and script: their numbers say enough. */

interface MomentParts {
  date: boolean;
  time: boolean;
}

/** A year of the Gregorian, Buddhist, Persian or Islamic calendar. */
const year = /(?<!\d)(?:1[34]\d\d|19[7-9]\d|20\d\d|25[5-9]\d)(?!\d)/;
const numericDate =
  /(?<!\d)(?:\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}|\d{1,2}\s?[-./]\s?\d{1,2}\.?\s?[-./]?\s?(?:\d{4}|\d{2}(?!\s?[:.∶]\d)))(?!\d)/g;
const shortDate = /(?<!\d)\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/;
/** A colon of any script, a point, an h or the sign for the hour between two numbers; or an hour with am or pm. */
const time = /(?<!\d)\d{1,2}\s?[:.：∶hＨ時时시點点]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?\s?m\b/i;

/** Is there a full date, and a time of day? A number that belongs to the date is no time (`28.11.2026`). */
export function momentIn(text: string): MomentParts {
  const plain = asciiDigits(text);
  const rest = plain.replace(numericDate, ' ');
  if (rest !== plain || shortDate.test(plain)) return { date: true, time: time.test(rest) };
  const withoutTime = plain.replace(time, ' ');
  return { date: year.test(withoutTime) && /(?<!\d)\d{1,2}(?!\d)/.test(withoutTime), time: time.test(plain) };
}

/** Digits of every script as those of ASCII. The length stays for all scripts of the basic plane. */
function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit.codePointAt(0) as number)));
}

/** Each script has its ten digits in a row, and the zero at an address that ends in 0 or 6 (hexadecimal). */
function valueOf(codePoint: number): number {
  const last = codePoint & 15;
  const beginsAtZero = /\p{Nd}/u.test(String.fromCodePoint(codePoint - last));
  return beginsAtZero ? last : last - 6;
}
