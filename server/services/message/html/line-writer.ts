/** Writes lines with collapsed white space and the quote prefix of the moment. */
export class LineWriter {
  quoteDepth = 0;
  preDepth = 0;
  readonly #lines: string[] = [];
  #line = '';
  /** Of the line; asking the line itself would copy it each time. */
  #endsInBlank = false;
  #started = false;
  #length = 0;
  #pendingEmpty = 0;
  #pendingDepth = 0;
  /** Of an item of a list that has no text yet: its paragraphs and blocks do not part it from its text. */
  #mark = '';

  item(mark: string): void {
    this.#mark = mark;
  }

  write(text: string): void {
    if (text === '') return;
    if (this.preDepth > 0) return this.#writeVerbatim(text);
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    if (collapsed === ' ' && !this.#started) return;
    this.#append(this.#started && !this.#endsInBlank ? collapsed : collapsed.replace(/^ /, ''));
  }

  /** `<br>`: ends the line, even an empty one. */
  lineBreak(): void {
    if (this.#mark !== '') return;
    if (this.#started) this.#end();
    else this.#wantEmpty(Math.min(3, this.#pendingEmpty + 1));
  }

  /** A block begins or ends: finishes a begun line; `emptyLines` at least before what follows. */
  block(emptyLines: number): void {
    if (this.#started) this.#end();
    if (this.#mark === '') this.#wantEmpty(Math.max(this.#pendingEmpty, emptyLines));
  }

  rule(): void {
    this.#append('---');
    this.#end();
  }

  /** Where the next written line will start. */
  offset(): number {
    if (this.#started) this.#end();
    this.#flushEmpty();
    return this.#length;
  }

  /** Length of the text so far. */
  length(): number {
    return this.#length + (this.#started ? this.#line.length : 0);
  }

  finish(): string {
    if (this.#started) this.#end();
    return this.#lines.join('\n').trimEnd();
  }

  #append(text: string): void {
    if (text === '') return;
    if (!this.#started) {
      this.#flushEmpty();
      this.#line = this.#prefix(this.quoteDepth) + this.#mark;
      this.#mark = '';
      this.#endsInBlank = this.#line.endsWith(' ');
      this.#started = true;
    }
    this.#line += text;
    this.#endsInBlank = text.endsWith(' ');
  }

  #writeVerbatim(text: string): void {
    text.split(/\r?\n/).forEach((line, i) => {
      if (i > 0) {
        if (this.#started) this.#end();
        else this.#wantEmpty(this.#pendingEmpty + 1);
      }
      this.#append(line);
    });
  }

  /** Empty lines between two depths of quoting belong to the lesser one. */
  #wantEmpty(count: number): void {
    this.#pendingDepth = this.#pendingEmpty === 0 ? this.quoteDepth : Math.min(this.#pendingDepth, this.quoteDepth);
    this.#pendingEmpty = count;
  }

  #prefix(depth: number): string {
    return depth === 0 ? '' : `${'>'.repeat(Math.min(depth, 20))} `;
  }

  #flushEmpty(): void {
    if (this.#lines.length > 0)
      for (let i = 0; i < this.#pendingEmpty; i++) this.#push(this.#prefix(Math.min(this.#pendingDepth, this.quoteDepth)).trimEnd());
    this.#pendingEmpty = 0;
  }

  #end(): void {
    this.#push(this.#line.replace(/[ \t]+$/, ''));
    this.#line = '';
    this.#started = false;
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }
}
