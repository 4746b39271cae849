import { compile, type DomNode, type FormatCallback } from 'html-to-text';

/** The HTML of an email around what its template says, and the same as text. */

/** An editor puts a lone tag into a paragraph, which must not hold the blocks that the comments and a signature are. */
export function unwrapBlocks(body: string): string {
  return body.replace(/<p[^<>]*>\s*(\$(?:helpdesk-(?:comments|words|forwarded)|agent-signature)(?:\|[^$\n]*)?\$)\s*<\/p>/gi, '$1');
}

/** Colours that are readable on light and dark grounds; clients that turn colours round may do so. */
export function wrapHtml(body: string, subject: string, language: string): string {
  const title = subject.replace(/[<>&]/g, ' ');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:16px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">
<div style="max-width:640px;overflow-wrap:break-word">
${body}
</div>
</body>
</html>
`;
}

const PLAIN_TEXT_WIDTH = 78;
/** Deeper is no text that anybody wrote; the converter recurses. */
const MAX_HTML_DEPTH = 300;

/** A table's row is a line, with a bar between its cells: as wide columns of blanks it would break on a phone. */
const formatCell: FormatCallback = (cell, walk, builder) => {
  if (elementsIn(cell.parent).indexOf(cell) > 0) builder.addInline(' | ');
  walk(cell.children, builder);
};

/** The only block of a cell stays in the row's line. */
const formatCellBlock: FormatCallback = (block, walk, builder) => {
  if (elementsIn(block.parent).length === 1) return walk(block.children, builder);
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(block.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const elementsIn = (parent: DomNode | undefined): DomNode[] => (parent?.children ?? []).filter(({ type }) => type === 'tag');

/** Made once, when it is needed: it takes the options apart. */
let converter: ReturnType<typeof compile> | null = null;
const convertHtml = (html: string): string => (converter ??= compile(TO_TEXT))(html);
const TO_TEXT: Parameters<typeof compile>[0] = {
  wordwrap: PLAIN_TEXT_WIDTH,
  limits: { maxDepth: MAX_HTML_DEPTH },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['tr', 'caption'].map((selector) => ({ selector, format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } })),
    ...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
    ...['td > p', 'th > p', 'td > div', 'th > div'].map((selector) => ({ selector, format: 'cellBlock' })),
  ],
  formatters: { cell: formatCell, cellBlock: formatCellBlock },
};

export const bodyToText = (body: string): string => `${convertHtml(`<body>${body}</body>`).trim()}\n`;
