import { expect, test } from 'vitest';
import {
  commentsHtml as commentsIn,
  defaultBody,
  DEFAULT_SUBJECT,
  replyAbove,
  type OutgoingComment,
} from '../../server/services/outgoing/change-comments';
import { formatTime, isTimeZone, EMAIL_WORDS } from '../../server/services/outgoing/speech';
import { LANGUAGES } from '../../shared/vocabulary';
import { ENGLISH } from '../../server/services/settings/speech';
import { renderTemplate, tagsOf } from '../../server/services/outgoing/template';
import { ownMarkerAt } from '../../server/services/message/reading/own-marker';

const commentsHtml = (comments: OutgoingComment[]) => commentsIn(comments, ENGLISH);

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
  expect(EMAIL_WORDS.en.replyMarker).toMatch(/^##-.*-##$/);
  expect(replyAbove(ENGLISH).html).toContain(EMAIL_WORDS.en.replyMarker);
});

test('the default template begins with the reply line and uses the tags that it should', () => {
  expect(defaultBody('en').startsWith('<p>$helpdesk-replyabove$</p>')).toBe(true);
  expect(tagsOf(DEFAULT_SUBJECT + defaultBody('en')).map(({ tag }) => tag)).toEqual([
    '$helpdesk-title$',
    '$helpdesk-ticket_no$',
    '$helpdesk-replyabove$',
    '$contacts-firstName|there$',
    '$helpdesk-comments$',
  ]);
});

test.each(LANGUAGES)('in %s, the line above which customers answer is recognised, and the text has the tags it needs', (language) => {
  expect(ownMarkerAt(`Thanks!\n\n${EMAIL_WORDS[language].replyMarker}\nOlder`)).toBe(9);
  expect(defaultBody(language).startsWith('<p>$helpdesk-replyabove$</p>')).toBe(true);
  const tags = (one: string) => new Set(tagsOf(one).map(({ entity, attribute }) => `${entity}-${attribute}`));
  expect(tags(defaultBody(language))).toEqual(tags(defaultBody('en')));
});

test('dates, yes and no are written in the language and by the clock of the site', () => {
  const german = { language: 'de', timeZone: 'Europe/Berlin' } as const;
  expect(formatTime(new Date('2026-11-24T23:30:00Z'), german)).toBe('25. November 2026, 00:30 MEZ');
  const { html } = commentsIn([commentOf({ authorName: ' ' })], { language: 'fi', timeZone: 'Europe/Helsinki' });
  expect(html).toContain('<strong>Tuki</strong>');
  expect(html).toContain('24. marraskuuta 2026');
  const values = { helpdesk: { paid: true, at: '2026-07-01T10:00:00.000Z' } };
  expect(renderTemplate('$helpdesk-paid$ $helpdesk-at$', values, { html: false, speech: german }).text).toBe('Ja 1. Juli 2026, 12:00 MESZ');
});

test('a time zone is a name that the calendar knows', () => {
  expect(['UTC', 'Europe/Helsinki', 'America/New_York'].every(isTimeZone)).toBe(true);
  expect(['', 'Helsinki', 'Mars/Olympus'].some(isTimeZone)).toBe(false);
});
