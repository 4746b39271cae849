import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { escapeHtml } from '../services/lib/html';
import type { Language } from '../../shared/vocabulary';

/**
 * Pages for customers, who have no account and come by a link of an email. They load nothing from elsewhere, tell nobody where somebody came
 * from, and stand in no index and no cache. No script runs on them but the one that they come with, where there is one.
 */

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:36rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
fieldset{border:0;margin:0;padding:0}
legend,h1{font-size:1.4rem;font-weight:600;margin:0 0 1rem;padding:0}
label{display:block;padding:.6rem 0}
input[type=radio]{inline-size:1.2rem;block-size:1.2rem;margin-inline-end:.6rem;vertical-align:text-bottom}
textarea{box-sizing:border-box;inline-size:100%;min-block-size:7rem;font:inherit;padding:.5rem}
button{font:inherit;margin-block:1rem;padding:.6rem 1.4rem;min-block-size:2.75rem}
ol{list-style:none;padding:0}
li[class]{border:1px solid;border-radius:.5rem;margin-block:1rem;padding:.25rem 1rem .75rem}
.customer{margin-inline-start:2rem}
img{max-inline-size:100%}
[role=status],[role=alert]{border-inline-start:.3rem solid;padding:.5rem 1rem;margin-block:1rem}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policyOf = (...more: string[]): string =>
  ["default-src 'none'", `style-src ${hashOf(STYLE)}`, ...more, "base-uri 'none'", "frame-ancestors 'none'"].join('; ');

const POLICY = policyOf("form-action 'self'");

/** Of whatever such a page answers. */
function guardPage(ctx: Context, policy: string): void {
  ctx.set('Content-Security-Policy', policy);
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.set('X-Robots-Tag', 'noindex, nofollow');
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Content-Type-Options', 'nosniff');
}

/** `body` is HTML of our own making, and so is the script. */
export function sendPage(ctx: Context, language: Language, title: string, body: string, script = ''): void {
  const scripted = () => policyOf(`script-src ${hashOf(script)}`, "connect-src 'self'", 'img-src data:', "form-action 'none'");
  guardPage(ctx, script ? scripted() : POLICY);
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>${script && `\n<script>${script}</script>`}
</body>
</html>
`;
}
