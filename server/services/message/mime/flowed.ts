/**
 * format=flowed (RFC 3676): lines that end in a blank go on in the next line of the same quote depth. `delSp`: that blank is
 * no part of the text (§4.2).
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open = -1; // quote depth of an unfinished paragraph, -1 for none
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(depth).replace(/^ /, ''); // space-stuffing, §4.4
    const flows = content.endsWith(' ') && content !== '-- ';
    const body = flows && delSp ? content.slice(0, -1) : content;
    if (open === depth && content !== '-- ') out[out.length - 1] += body;
    else out.push(depth > 0 ? `${'>'.repeat(depth)} ${body}` : body);
    open = flows ? depth : -1;
  }
  return out.join('\n');
}
