import { latin1 } from './charset';
import { parseParameters, trimBlanks, type HeaderField } from './header';

/**
 * Headers that empty lines tear apart. Programs end the lines of a header with CRLF where their mail server adds a CR of its own, and the
 * next server makes an empty line of the one that is too much (the manual of PHP's `mail()` warns of it). What is left of the header then
 * stands at the beginning of the body, and with it what the body is: files would be shown as text.
 */

/** The rest of a header is short. */
const MAX_BYTES = 16_000;
const field = /^([A-Za-z][\w-]{1,60})[ \t]*:(.*)$/;
/** Beside these nobody's text begins with a field and says what type it is. */
const mayFollow = /^(?:mime-version|content-[\w-]+|reply-to|cc|bcc|date|message-id|return-path|errors-to|importance|priority|x-[\w-]+)$/;

/**
 * The fields at the beginning of a body that is of no known type, and where what they describe begins; null where the body is a text.
 * `known` are the fields of the header: a text in which one of them comes again is a mail that somebody has pasted.
 */
export function tornHeaders(body: Buffer, known: HeaderField[]): { headers: HeaderField[]; bodyStart: number } | null {
  const first = body.subarray(0, 100).toString('latin1');
  if (!field.test(first.trimStart().split(/\r?\n/, 1)[0])) return null;
  const head = latin1(body.subarray(0, MAX_BYTES));
  const headers: HeaderField[] = [];
  let bodyStart = 0;
  for (let at = 0; at < head.length;) {
    const feed = head.indexOf('\n', at);
    const next = feed < 0 ? head.length : feed + 1;
    const line = head.slice(at, next).replace(/\r?\n$/, '');
    const [, name, value] = field.exec(line) ?? [];
    const isFolded = /^[ \t]+\S/.test(line) && headers.length > 0 && !/\n\r?\n$/.test(head.slice(0, at));
    if (isFolded) headers[headers.length - 1].raw += ` ${line.trim()}`;
    else if (name !== undefined && mayFollow.test(name.toLowerCase())) headers.push({ name: name.toLowerCase(), raw: trimBlanks(value) });
    else if (line.trim() !== '') break;
    at = bodyStart = next;
  }
  const repeats = headers.some(({ name }) => !name.startsWith('x-') && known.some((other) => other.name === name));
  return repeats || !describes(headers, body.subarray(bodyStart)) ? null : { headers, bodyStart };
}

/** Is the rest what the fields say that it is? */
function describes(headers: HeaderField[], rest: Buffer): boolean {
  const value = (name: string): string => headers.find((header) => header.name === name)?.raw ?? '';
  const { value: type, params } = parseParameters(value('content-type'));
  if (type.startsWith('multipart/')) return (params.boundary ?? '') !== '' && rest.includes(`--${params.boundary}`);
  const start = rest.subarray(0, 4000).toString('latin1');
  if (/^base64/i.test(value('content-transfer-encoding'))) return type.includes('/') && /^[A-Za-z0-9+/=\s]+$/.test(start);
  return type === 'text/html' ? /^\s*<[!a-z]/i.test(start) : type === 'text/plain' && headers.length > 1;
}
