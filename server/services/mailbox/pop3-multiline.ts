const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/** How much of `CRLF . CRLF` has been read. */
type State = 'text' | 'cr' | 'lineStart' | 'dot' | 'dotCr';

/**
 * Reads a multi-line response (RFC 1939 section 3) as bytes, in whatever pieces it arrives: ends at the line that holds a
 * single dot, and takes the dot away that the server has put before lines beginning with one. Only CRLF ends a line; a bare
 * LF is a byte of the message.
 */
export class MultilineReader {
  readonly #parts: Buffer[] = [];
  readonly #maxBytes: number;
  #kept = 0;
  #length = 0;
  #state: State = 'lineStart';

  /** @param maxBytes what is longer is read to its end, and only its beginning kept */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the next piece. Returns how many of its bytes belong to this response, or null when it has not ended yet. */
  push(chunk: Buffer): number | null {
    let start = this.#state === 'dot' || this.#state === 'dotCr' ? null : 0;
    for (let i = 0; i < chunk.length; i++) {
      if (this.#state === 'text') {
        i = chunk.indexOf(CR, i);
        if (i < 0) break;
        this.#state = 'cr';
        continue;
      }
      const byte = chunk[i]!;
      if (this.#state === 'lineStart' && byte === DOT) {
        this.#keep(chunk.subarray(start ?? i, i));
        start = null;
        this.#state = 'dot';
      } else if (this.#state === 'dot' && byte === CR) {
        this.#state = 'dotCr';
      } else if (this.#state === 'dotCr' && byte === LF) {
        return i + 1;
      } else {
        // The dot was stuffing; after `.CR` something else came, so that CR is text, too.
        if (this.#state === 'dotCr') this.#keep(carriageReturn);
        start ??= i;
        this.#state = this.#state === 'cr' && byte === LF ? 'lineStart' : byte === CR ? 'cr' : 'text';
      }
    }
    if (start !== null) this.#keep(chunk.subarray(start));
    return null;
  }

  /** The response without its end, at most `maxBytes`. */
  content(): Buffer {
    return Buffer.concat(this.#parts, this.#kept);
  }

  /** Bytes of the whole response, kept or not. */
  get length(): number {
    return this.#length;
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    const fitting = part.subarray(0, this.#maxBytes - this.#kept);
    if (fitting.length === 0) return;
    this.#kept += fitting.length;
    this.#parts.push(fitting);
  }
}

const carriageReturn = Buffer.from([CR]);
