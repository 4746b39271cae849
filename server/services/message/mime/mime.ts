import { charsetsMeantBy, latin1, normaliseLabel } from './charset';
import { decodeLeniently } from './charset-decoders';
import { guessCharset } from './charset-guess';
import { parseParameters, type HeaderField } from './header';
import { MessageLimitError, type Limits } from '../limits';
import { tornHeaders } from './torn-headers';
import { decodeTransfer } from './transfer';
import { looksLikeUtf8 } from './utf8';
import { type Said, say } from '../../../../shared/sentences/words';
import { endOfLine, headersStart, lineAt, parseHeaders } from './header-block';

/**
 * The MIME tree of a message (RFC 2045, RFC 2046), read in one pass over the bytes, without a stream and without an
 * exception but MessageLimitError. Why it is ours: docs/decisions/first-reader.md.
 */
export interface Part {
  headers: HeaderField[];
  /** Media type, lower case: `text/plain` when none is given (RFC 2045 §5.2). */
  type: string;
  /** Parameters of the Content-Type by lower-case name. */
  params: Record<string, string>;
  /** `inline`, `attachment` or ''. */
  disposition: string;
  dispositionParams: Record<string, string>;
  /** Content-Transfer-Encoding, lower case; '' for none. */
  encoding: string;
  /** The body as it stands in the source, transfer-encoded. */
  body: Buffer;
  /** Empty for a leaf. */
  children: Part[];
}
export const NO_BOUNDARY = say('message.noBoundary');
export const NO_END = say('message.noEnd');

interface Context {
  limits: Limits;
  warnings: Said[];
  parts: number;
}

/** Reads a whole message. @throws MessageLimitError */
export function parseMime(source: Uint8Array, limits: Limits, warnings: Said[]): Part {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const root = parsePart(bytes.subarray(headersStart(bytes)), { limits, warnings, parts: 0 }, 0, { type: 'text/plain', boundary: '' });
  settleRawHeaders([...allParts(root)]);
  return root;
}

/** Reads a MIME entity (RFC 2045 §2.4). Without a single MIME header it is text from the first byte. @throws MessageLimitError */
export function parseEntity(source: Buffer, limits: Limits, warnings: Said[]): Part {
  const part = parseMime(source, limits, warnings);
  const isMime = part.headers.some(({ name }) => name.startsWith('content-') || name === 'mime-version');
  return isMime ? part : { ...part, headers: [], body: source };
}

/** The decoded bytes of a leaf. */
export function contentOf(part: Part): Buffer {
  return decodeTransfer(part.body, part.encoding, part.type.startsWith('text/'));
}

/** The first raw value of a header, or ''. */
export function rawHeader(part: Part, name: string): string {
  return rawValue(part.headers, name);
}

function rawValue(headers: HeaderField[], name: string): string {
  return headers.find((header) => header.name === name)?.raw ?? '';
}

/** The part and everything below it, in the order of the source. */
export function* allParts(part: Part): Generator<Part> {
  yield part;
  for (const child of part.children) yield* allParts(child);
}

/** What a part takes over from the multipart that holds it. */
interface Outer {
  /** Type of a part that names none. */
  type: string;
  boundary: string;
}

function parsePart(bytes: Buffer, context: Context, depth: number, outer: Outer): Part {
  context.parts++;
  if (context.parts > context.limits.maxParts)
    throw new MessageLimitError('parts', say('message.tooManyParts', { count: context.limits.maxParts }));
  const part = describe(...headerAndBody(bytes, context), outer.type);
  if (part.type.startsWith('multipart/') && !sharesBoundary(part, outer)) addChildren(part, context, depth);
  return part;
}

function headerAndBody(bytes: Buffer, context: Context): [HeaderField[], Buffer] {
  const { headers, bodyStart } = parseHeaders(bytes, context);
  const body = bytes.subarray(bodyStart);
  const torn = rawValue(headers, 'content-type') === '' ? tornHeaders(body, headers) : null;
  return torn === null ? [headers, body] : [[...headers, ...torn.headers], body.subarray(torn.bodyStart)];
}

function describe(headers: HeaderField[], body: Buffer, defaultType: string): Part {
  const contentType = parseParameters(rawValue(headers, 'content-type'));
  const disposition = parseParameters(rawValue(headers, 'content-disposition'));
  return {
    headers,
    type: mediaType(contentType.value, defaultType),
    params: contentType.params,
    disposition: disposition.value,
    dispositionParams: disposition.params,
    encoding: encodingOf(headers),
    body,
    children: [],
  };
}

/** In the spelling of RFC 2045 §6.1. Of two fields, the one that names an encoding: gateways add `7bit`. */
function encodingOf(headers: HeaderField[]): string {
  const named = headers.filter(({ name }) => name === 'content-transfer-encoding').map(({ raw }) => spelled(raw));
  return named.find((encoding) => !/^(?:7bit|8bit|binary|)$/.test(encoding)) ?? named[0] ?? '';
}

function spelled(raw: string): string {
  const name = raw
    .replace(/\([^()]*\)/g, '')
    .replace(/;.*$/s, '')
    .replace(/["'\s_-]+/g, '')
    .toLowerCase();
  if (name === 'quotedprintable') return 'quoted-printable';
  return /^x?uu(?:e|encode|encoded)$/.test(name) ? 'uuencode' : name;
}

const misspelled: Record<string, string | undefined> = {
  html: 'text/html',
  'text/htm': 'text/html',
  'html/text': 'text/html',
  'plain/text': 'text/plain',
};

/** Old programs write `text`; nonsense is treated as RFC 2045 §5.2 says, as plain text, unless it still says that it is none. */
function mediaType(value: string, defaultType: string): string {
  const named = value.replace(/["'\s]+/g, '');
  const type = misspelled[named] ?? named;
  if (/^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(type)) return type;
  if (/^multipart(?:$|\/)/.test(type)) return 'multipart/mixed'; // RFC 2046 §5.1.3
  if (/^(?:application|image|audio|video|font|model)(?:$|\/)/.test(type)) return 'application/octet-stream'; // RFC 2046 §4.5.1
  return type === 'text' || type === '' ? defaultType : 'text/plain';
}

// --- bytes beyond ASCII in headers ---------------------------------------------------------------------------------

/**
 * Headers with raw bytes become UTF-8 (RFC 6532), whatever they were: all that is not UTF-8 already is of one charset, for which
 * the first text's label is a hint.
 */
function settleRawHeaders(parts: Part[]): void {
  const raw = parts.flatMap(({ headers }) => headers.filter((header) => /[\x80-\xff]/.test(header.raw) && !looksLikeUtf8(bytesOf(header))));
  if (raw.length === 0) return;
  const text = parts.find(({ type, params }) => type.startsWith('text/') && normaliseLabel(params.charset ?? null) !== null);
  const named = normaliseLabel(text?.params.charset ?? null);
  const charset = guessCharset(Buffer.concat(raw.map(bytesOf)), named === null ? [] : charsetsMeantBy(named));
  for (const header of raw) header.raw = latin1(Buffer.from(decodeLeniently(bytesOf(header), charset)));
  for (const part of parts) {
    const { params, dispositionParams } = describe(part.headers, part.body, part.type);
    Object.assign(part, { params, dispositionParams });
  }
}

const bytesOf = ({ raw }: HeaderField): Buffer => Buffer.from(`${raw}\n`, 'latin1');

// --- multiparts ----------------------------------------------------------------------------------------------------

/**
 * Splits a multipart at its boundary lines (RFC 2046 §5.1.1). Where its boundary parameter is missing, or names none of its lines, the
 * first line that looks like one is taken; without any boundary line the body stays readable as plain text.
 */
function addChildren(part: Part, context: Context, depth: number): void {
  if (depth >= context.limits.maxNesting)
    throw new MessageLimitError('nesting', say('message.nestedTooDeep', { count: context.limits.maxNesting }));
  const named = part.params.boundary ?? '';
  if (isClosedAtOnce(part.body, named)) return void Object.assign(part, { type: 'text/plain', body: Buffer.alloc(0) });
  const given = splitAt(part.body, named, context);
  const boundary = given.length > 0 ? named : guessBoundary(part.body, named === '' ? barePart : partWithType);
  const pieces = given.length > 0 ? given : splitAt(part.body, boundary, context);
  if (pieces.length === 0) {
    context.warnings.push(NO_BOUNDARY);
    part.type = 'text/plain';
    return;
  }
  while (pieces.length > 0) part.children.push(...childrenOf(part, pieces, boundary, context, depth));
}

/** One piece between two boundary lines of a multipart. */
interface Piece {
  bytes: Buffer;
  /** The line behind it is the closing one. */
  closes: boolean;
}

/**
 * The parts up to a closing line. A multipart inside with the boundary of the one around it gets the pieces that follow it, up to
 * the next closing line.
 */
function childrenOf(part: Part, pieces: Piece[], boundary: string, context: Context, depth: number): Part[] {
  const type = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'; // RFC 2046 §5.1.5
  const children: Part[] = [];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const child = parsePart(piece.bytes, context, depth + 1, { type, boundary });
    children.push(child);
    if (sharesBoundary(child, { type, boundary })) {
      if (!piece.closes && depth + 1 < context.limits.maxNesting) child.children = childrenOf(child, pieces, boundary, context, depth + 1);
      if (child.children.length === 0) child.type = 'text/plain';
    } else if (piece.closes) break;
  }
  return children;
}

function sharesBoundary(part: Part, outer: Outer): boolean {
  return outer.boundary !== '' && part.type.startsWith('multipart/') && part.params.boundary === outer.boundary;
}

/** A multipart without parts, which RFC 2046 has not: programs write it where a template was empty. */
function isClosedAtOnce(body: Buffer, boundary: string): boolean {
  return boundary !== '' && body.length < boundary.length + 100 && latin1(body).trim() === `--${boundary}--`;
}

/** A line that begins a part: without a boundary parameter. */
const barePart = /^--([^\r\n]{1,200})\r?\n(?:content-|\r?\n)/im;
/** With one that is wrong, a row of dashes in a text is none, nor is a closing line. */
const partWithType = /^--([^\r\n]{0,198}[^\s-])[ \t]*\r?\ncontent-/im;

function guessBoundary(body: Buffer, line: RegExp): string {
  return line.exec(latin1(body.subarray(0, 4000)))?.[1].trim() ?? '';
}

/** What stands behind a closing line is left out, unless parts follow there: with a wrong line in the middle none is lost. */
function splitAt(body: Buffer, boundary: string, context: Context): Piece[] {
  if (boundary === '') return [];
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const pieces: Piece[] = [];
  let start = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const after = at + delimiter.length;
    const rest = lineAt(body, after);
    const closes = rest.startsWith('--');
    if (!closes && rest.trim() !== '') continue; // another boundary that begins with this one
    if (start >= 0) pieces.push({ bytes: body.subarray(start, beforeLineEnd(body, at, start)), closes });
    start = closes ? -1 : endOfLine(body, after).next;
    if (pieces.length > context.limits.maxParts) break;
  }
  if (start >= 0) {
    pieces.push({ bytes: body.subarray(start), closes: true });
    context.warnings.push(NO_END);
  }
  return pieces;
}

/** The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1). */
function beforeLineEnd(body: Buffer, at: number, start: number): number {
  const feed = at > start && body[at - 1] === 0x0a ? at - 1 : at;
  return feed > start && body[feed - 1] === 0x0d ? feed - 1 : feed;
}
