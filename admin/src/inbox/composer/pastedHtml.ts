/**
 * Clears what word processors and web pages put on the clipboard, before the editor reads it. The editor itself keeps only what it
 * knows (paragraphs, lists, bold …); this code changes what it would misread: Word's lists are paragraphs with a drawn bullet, its styles
 * are text to a parser, and tables would fall apart into a column of cells.
 */
export function cleanPastedHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html.replace(/<!--[\s\S]*?-->|<!\[[^\]]*\]>/g, ''), 'text/html');
  for (const element of body.querySelectorAll('style, script, title, meta, link, xml, head')) element.remove();
  for (const paragraph of body.querySelectorAll<HTMLElement>('p')) if (isWordItem(paragraph)) toListItem(paragraph);
  for (const table of body.querySelectorAll('table')) table.replaceWith(...rowsOf(table));
  // A heading of a web page is no heading in an answer.
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) heading.replaceWith(paragraphOf(heading));
  return body.innerHTML;
}

/** How Word draws the mark of a list item: a sign and blanks, or a number. */
const MARK = /^[\s\u00a0]*(?:[·•▪○o§\-–]|(\d{1,3}|[a-z])[.)])[\s\u00a0]+/i;

const isWordItem = (paragraph: HTMLElement): boolean =>
  /mso-list:\s*l\d/i.test(paragraph.getAttribute('style') ?? '') || /MsoListParagraph/.test(paragraph.className);

/** Puts the paragraph into the list that ends right before it, or into a new one. */
function toListItem(paragraph: HTMLElement): void {
  const isOrdered = MARK.exec(paragraph.textContent ?? '')?.[1] !== undefined;
  const tag = isOrdered ? 'OL' : 'UL';
  const item = paragraph.ownerDocument.createElement('li');
  item.append(...paragraph.childNodes);
  removeMark(item);
  const before = paragraph.previousElementSibling;
  if (before?.tagName === tag && before.hasAttribute('data-pasted')) {
    before.append(item);
    paragraph.remove();
    return;
  }
  const list = paragraph.ownerDocument.createElement(tag);
  list.setAttribute('data-pasted', '');
  list.append(item);
  paragraph.replaceWith(list);
}

/** The mark may be spread over several elements: as many characters go as it has. */
function removeMark(item: HTMLElement): void {
  let left = MARK.exec(item.textContent ?? '')?.[0].length ?? 0;
  const texts = item.ownerDocument.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  while (left > 0 && texts.nextNode()) {
    const node = texts.currentNode as Text;
    const cut = Math.min(left, node.data.length);
    node.deleteData(0, cut);
    left -= cut;
  }
}

function paragraphOf(element: Element): HTMLElement {
  const paragraph = element.ownerDocument.createElement('p');
  const strong = element.ownerDocument.createElement('strong');
  strong.append(...element.childNodes);
  paragraph.append(strong);
  return paragraph;
}

/** A row a line, its cells apart. */
function rowsOf(table: Element): HTMLElement[] {
  return [...table.querySelectorAll('tr')].map((row) => {
    const paragraph = table.ownerDocument.createElement('p');
    paragraph.textContent = [...row.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()).join(' | ');
    return paragraph;
  });
}
