import { expect, test } from 'vitest';
import {
  commentsHtml,
  DEFAULT_BODY,
  DEFAULT_SUBJECT,
  REPLY_MARKER,
  replyAbove,
  type OutgoingComment,
} from '../../server/services/outgoing/change-comments';
import { tagsOf } from '../../server/services/outgoing/template';

function commentOf(parts: Partial<OutgoingComment>): OutgoingComment {
  return {
    isPublic: true,
    authorName: 'Ann',
    createdAt: '2026-11-24T09:30:00.000Z',
    text: 'Hello',
    html: null,
    visibleText: null,
    ...parts,
  };
}

test('an internal comment never leaves, even when the caller hands it over', () => {
  const { html, text } = commentsHtml([
    commentOf({ text: 'for the customer' }),
    commentOf({ text: 'SECRET', html: '<p>SECRET</p>', isPublic: false, createdAt: '2026-11-24T10:00:00Z' }),
    commentOf({ text: 'SECRET', isPublic: undefined as unknown as boolean }),
    commentOf({ text: 'SECRET', isPublic: 'false' as unknown as boolean }),
  ]);
  expect(html).toContain('for the customer');
  expect(html + text).not.toContain('SECRET');
});

test('comments come newest first with author and time, and the newest stands out', () => {
  const { html, text } = commentsHtml([
    commentOf({ text: 'old', createdAt: '2026-11-23T08:00:00.000Z' }),
    commentOf({ text: 'new', authorName: 'Bea <b>', createdAt: '2026-11-24T09:30:00.000+01:00' }),
    commentOf({ text: 'middle', createdAt: '2026-11-23T23:00:00.000Z' }),
  ]);
  const places = ['new', 'middle', 'old'].map((word) => html.indexOf(`<div>${word}</div>`));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(places[0]).toBeGreaterThan(0);
  expect(html).toContain('<strong>Bea &lt;b&gt;</strong>');
  expect(html).toContain('<time datetime="2026-11-24T08:30:00.000Z"');
  expect(html).toContain('24 November 2026, 08:30 UTC');
  expect(html.match(/4px solid #4945ff/g)).toHaveLength(1);
  expect(html.indexOf('#4945ff')).toBeLessThan(html.indexOf('#c0c0cf'));
  expect(text).toBe('new');
  expect(commentsHtml([commentOf({ text: ' in the middle\n' })]).html).toContain('<div>in the middle</div>');
});

test('text is escaped, given HTML is used', () => {
  expect(commentsHtml([commentOf({ text: '1 < 2\n<script>' })]).html).toContain('1 &lt; 2<br>\n&lt;script&gt;');
  expect(commentsHtml([commentOf({ text: 'Hello', html: '<p><em>Hello</em></p>', visibleText: ' Hello ' })]).html).toContain(
    '<em>Hello</em>',
  );
});

test('HTML is made harmless whatever door it came through', () => {
  const html = '<p onclick="x()">ok<script>alert(1)</script><a href="javascript:x()">link</a></p><form><input></form>';
  const sent = commentsHtml([commentOf({ html })]).html;
  expect(sent).toContain('<p>ok<a');
  expect(sent).not.toMatch(/script|onclick|form|input/);
});

test('only pictures that the comment holds itself are sent', () => {
  const html = `<p><img src="cid:logo@x" alt="logo > 1"><img src="https://t.example/open.gif"><img src="data:image/png;base64,AAAA" alt=""></p>`;
  const sent = commentsHtml([commentOf({ html })]).html;
  expect(sent).toContain('[logo &gt; 1]');
  expect(sent).toContain('src="data:image/png;base64,AAAA"');
  expect(sent).not.toMatch(/cid:|t\.example/);
});

test('HTML that is too deep to be read gives way to the text', () => {
  expect(commentsHtml([commentOf({ text: 'plain words', html: '<div>'.repeat(1000) })]).html).toContain('<div>plain words</div>');
});

test('folded quotes are not sent round again', () => {
  const { html } = commentsHtml([commentOf({ text: 'Yes\n> old', html: '<p>Yes</p><blockquote>old</blockquote>', visibleText: 'Yes' })]);
  expect(html).toContain('<div>Yes</div>');
  expect(html).not.toContain('old');
});

test('a history that no client would show ends with a line that says so, the newest comment stays whole', () => {
  const { html } = commentsHtml([
    commentOf({ text: 'x'.repeat(100_000) }),
    ...Array.from({ length: 5 }, () => commentOf({ text: 'y'.repeat(30_000), createdAt: '2026-11-20T00:00:00Z' })),
  ]);
  expect(html).toContain('x'.repeat(100_000));
  expect(html).toContain('Earlier comments are left out.');
  expect(html).not.toContain('yyy');
});

test('an author without name is the support', () => {
  expect(commentsHtml([commentOf({ authorName: ' ' })]).html).toContain('<strong>Support</strong>');
});

test('the reply line is recognised by its ends', () => {
  expect(REPLY_MARKER).toMatch(/^##-.*-##$/);
  expect(replyAbove().html).toContain(REPLY_MARKER);
});

test('the default template begins with the reply line and uses the tags that it should', () => {
  expect(DEFAULT_BODY.startsWith('<p>$helpdesk-replyabove$</p>')).toBe(true);
  expect(tagsOf(DEFAULT_SUBJECT + DEFAULT_BODY).map(({ tag }) => tag)).toEqual([
    '$helpdesk-title$',
    '$helpdesk-ticket_no$',
    '$helpdesk-replyabove$',
    '$contacts-firstName|there$',
    '$helpdesk-comments$',
  ]);
});
