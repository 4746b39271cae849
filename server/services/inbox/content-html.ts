import MarkdownIt from 'markdown-it';
import { escapeHtml, textToHtml } from '../lib/html';
import { sanitizeHtml } from '../message/html/sanitize';

/** The text of an entry of the site as clean HTML, by the type of its attribute. */
export function contentHtml(type: string, value: unknown): string {
  if (type === 'blocks') return sanitizeHtml(blocksHtml(value));
  if (type === 'richtext') return sanitizeHtml(markdown().render(String(value)));
  return textToHtml(String(value));
}

/** Rich text is Markdown, or what an editor of the site's own makes, which is HTML. */
let made: MarkdownIt | null = null;
const markdown = (): MarkdownIt => (made ??= new MarkdownIt({ html: true, linkify: true }));

interface Node {
  type?: string;
  text?: string;
  url?: string;
  level?: number;
  format?: string;
  children?: Node[];
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strikethrough?: boolean;
  code?: boolean;
}

const MARKS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' } as const;

/** Strapi's blocks: https://docs.strapi.io/cms/features/content-manager. Pictures stay on the site. */
function blocksHtml(value: unknown): string {
  return Array.isArray(value) ? value.map(nodeHtml).join('') : '';
}

function nodeHtml(node: Node): string {
  if (node.type === 'image') return '';
  if (node.type === 'text' || node.text !== undefined) return markedText(node);
  const inner = blocksHtml(node.children);
  const within = (tag: string) => `<${tag}>${inner}</${tag}>`;
  switch (node.type) {
    case 'link':
      return `<a href="${escapeHtml(node.url ?? '')}">${inner}</a>`;
    case 'heading':
      return within(`h${Math.min(6, Math.max(1, Number(node.level) || 1))}`);
    case 'list':
      return within(node.format === 'ordered' ? 'ol' : 'ul');
    case 'list-item':
      return within('li');
    case 'quote':
      return within('blockquote');
    case 'code':
      return within('pre');
    default:
      return within('p');
  }
}

const markedText = (node: Node): string =>
  (Object.keys(MARKS) as (keyof typeof MARKS)[]).reduce(
    (html, mark) => (node[mark] ? `<${MARKS[mark]}>${html}</${MARKS[mark]}>` : html),
    escapeHtml(node.text ?? '').replace(/\n/g, '<br>'),
  );
