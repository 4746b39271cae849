import { escapeHtml } from '../services/lib/html';
import { PAGE_WORDS } from '../services/outgoing/customer-page-words';
import { EMAIL_WORDS } from '../services/outgoing/speech';
import { LANGUAGES, type Language } from '../../shared/vocabulary';

/**
 * The page of a ticket for its customer (see customer-ticket.ts). Server and browser know each other by docs/customer-page.md alone, so that a
 * site can have one of its own.
 */

const wordsOfAll = (): string =>
  JSON.stringify(
    Object.fromEntries(LANGUAGES.map((language) => [language, { ...PAGE_WORDS[language], support: EMAIL_WORDS[language].support }])),
  ).replace(/</g, '\\u003c');

export function CUSTOMER_PAGE_BODY(language: Language): string {
  const words = PAGE_WORDS[language];
  return `<h1 id="title" dir="auto">${escapeHtml(words.title)}</h1>
<p id="state"></p>
<noscript><p>${escapeHtml(words.script)}</p></noscript>
<button type="button" id="earlier" hidden></button>
<ol id="comments"></ol>
<div id="told" role="status" tabindex="-1" hidden></div>
<form id="form" hidden>
<label for="text"></label>
<textarea id="text" name="text" maxlength="100000" dir="auto"></textarea>
<label for="files"></label>
<input type="file" id="files" name="files" multiple>
<p><button type="submit" id="send"></button> <button type="button" id="close"></button></p>
</form>
<script type="application/json" id="words">${wordsOfAll()}</script>`;
}

/** The link's right is taken out of the address, so that no history, no bookmark and nobody who looks at the screen has it; a reload finds it in the tab. */
export const CUSTOMER_PAGE_SCRIPT = `(() => {
const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const all = JSON.parse($('words').textContent);
const here = location.pathname.replace(/\\/+$/, '');
const KEY = 'mail-scanner-ticket';
let words = all[root.lang], before = null, busy = false;
const takeToken = () => {
  if (location.hash.length > 1) {
    sessionStorage.setItem(KEY, location.hash.slice(1));
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY) || '';
};
let token = takeToken();
const showMessage = (text, failed) => {
  $('told').hidden = !text;
  $('told').setAttribute('role', failed ? 'alert' : 'status');
  $('told').textContent = text;
};
const call = async (path, options) => {
  const answer = await fetch(here + path, { ...options, headers: { authorization: 'Bearer ' + token } }).catch(() => null);
  if (answer && answer.ok) return answer;
  const said = answer && await answer.json().catch(() => null);
  const known = said && said.error && words[said.error.name] && said.error.message;
  throw new Error(known || (answer && answer.status === 413 ? words.tooLarge : words.failed));
};
const make = (name, text, attributes) => Object.assign(document.createElement(name), { textContent: text || '' }, attributes);
const fileOf = (file) => {
  const button = make('button', file.name + ' (' + Math.ceil(file.size / 1000) + ' kB)', { type: 'button' });
  button.onclick = attempt(async () => {
    const url = URL.createObjectURL(await (await call('/files/' + encodeURIComponent(file.id))).blob());
    make('a', '', { href: url, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  });
  const item = make('li');
  item.append(button);
  return item;
};
const commentOf = (comment) => {
  const item = make('li', '', { className: comment.by });
  const head = make('p');
  const author = comment.by === 'customer' ? words.you : comment.author || words.support;
  const time = new Date(comment.writtenAt);
  head.append(make('strong', author), ' · ', make('time', time.toLocaleString(root.lang, { dateStyle: 'medium', timeStyle: 'short' }), { dateTime: comment.writtenAt }));
  const text = make('div', '', { dir: 'auto' });
  text.innerHTML = comment.html;
  const files = make('ul');
  files.append(...comment.files.map(fileOf));
  item.append(head, text);
  if (comment.files.length) item.append(files);
  return item;
};
const label = () => {
  for (const [name, word] of [['text', 'answer'], ['files', 'files']]) document.querySelector('label[for=' + name + ']').textContent = words[word];
  for (const name of ['earlier', 'send', 'close']) $(name).textContent = words[name];
};
const load = async (older) => {
  const query = older && before ? '?before=' + encodeURIComponent(before) : '';
  const { data } = await (await call('/ticket' + query)).json();
  root.lang = data.language;
  words = all[root.lang] || words;
  label();
  document.title = $('title').textContent = data.title;
  $('state').textContent = data.ticketNumber + ' · ' + (words[data.ticketStatus] || data.ticketStatus);
  const items = data.comments.map(commentOf);
  if (older) $('comments').prepend(...items);
  else $('comments').replaceChildren(...items);
  before = data.before;
  $('earlier').hidden = !before;
  $('close').hidden = data.ticketStatus === 'Closed';
  $('form').hidden = false;
};
const attempt = (work) => async (event) => {
  if (event) event.preventDefault();
  if (busy) return;
  busy = true;
  root.setAttribute('aria-busy', 'true');
  showMessage('');
  try {
    const said = await work();
    if (said) { showMessage(said); $('told').focus(); }
  } catch (error) {
    showMessage(error.message, true);
    $('told').focus();
  }
  busy = false;
  root.removeAttribute('aria-busy');
};
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
let key = newKey();
$('form').oninput = () => { key = newKey(); };
$('form').onsubmit = attempt(async () => {
  const body = new FormData($('form'));
  body.set('key', key);
  await call('/comments', { method: 'POST', body });
  key = newKey();
  $('form').reset();
  await load().catch(() => {});
  return words.sent;
});
$('close').onclick = attempt(async () => {
  await call('/close', { method: 'POST' });
  await load().catch(() => {});
  return words.closed;
});
$('earlier').onclick = attempt(() => load(true));
const start = attempt(() => {
  $('form').hidden = true;
  if (!token) throw new Error(words.gone);
  return load();
});
addEventListener('hashchange', () => { token = takeToken(); start(); });
start();
})();`;
