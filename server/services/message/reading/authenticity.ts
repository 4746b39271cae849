import { clearFrom, comparableDomain } from '../mime/from-field';
import type { Authenticity, Identity } from '../types';

/**
 * SPF, DKIM and DMARC as the mailbox's own server found them (RFC 8601). Anybody can write such a header into a mail, so only
 * those of a trusted authserv-id count; with none configured the topmost, which the last server wrote. A server that lets forged
 * ones with its own name through puts its own above them: DMARC, on which everything else rests, is taken from the topmost alone.
 */

interface AuthenticityOptions {
  /** authserv-ids whose results count; empty: the topmost ones do. */
  trusted: readonly string[];
  /** Who is to be trusted is not known yet: results can cast a doubt and prove nothing. */
  isLearning: boolean;
}

interface SenderCheck {
  authenticity: Authenticity;
  identity: Identity;
}

/**
 * What the fields Authentication-Results and From say together; both as they stand in the message, not decoded: an encoded word inside
 * of results was written by whoever sent the mail.
 */
export function checkSender(resultFields: readonly string[], fromFields: readonly string[], options: AuthenticityOptions): SenderCheck {
  const chosen = trustedResults(resultFields, options.trusted);
  const results = chosen.flatMap(({ results: found }) => found);
  const from = clearFrom(fromFields);
  const domain = from === null ? null : comparableDomain(from);
  const dmarc = dmarcFor(domain, chosen[0]?.results ?? []);
  const identity = identityOf(domain, dmarc, results);
  const isUnproven = identity === 'proven' && options.isLearning;
  return {
    authenticity: {
      spf: results.find(({ method }) => method === 'spf')?.result ?? 'none',
      dkim: dkimOf(results),
      dmarc: isUnproven || (identity !== 'proven' && dmarc.result === 'pass') ? 'none' : dmarc.result,
      authservId: chosen[0]?.authservId ?? null,
    },
    identity: isUnproven ? 'unknown' : identity,
  };
}

function trustedResults(fields: readonly string[], trusted: readonly string[]): Results[] {
  const results = fields.map(readResults).filter((result) => result !== null);
  const ids = trusted.map((id) => id.toLowerCase());
  return ids.length === 0 ? results.slice(0, 1) : results.filter(({ authservId }) => ids.includes(authservId));
}

/** Of several signatures one that passes is enough (RFC 6376 §6.1); else the first says it. */
function dkimOf(results: readonly MethodResult[]): string {
  const found = results.filter(({ method }) => method === 'dkim').map(({ result }) => result);
  return found.includes('pass') ? 'pass' : (found[0] ?? 'none');
}

/**
 * The DMARC result about that domain (RFC 7489 §6.6). One that names no `header.from` is about the only From there is. Of several the
 * worst counts. `isAboutOthers`: there are results, and none is about it.
 */
function dmarcFor(domain: string | null, results: readonly MethodResult[]): { result: string; isAboutOthers: boolean } {
  const all = results.filter(({ method }) => method === 'dmarc');
  const about = all.filter(({ properties }) => {
    const named = properties['header.from'];
    return named === undefined || (domain !== null && comparableDomain(named) === domain);
  });
  const result = about.find(({ result: found }) => found !== 'pass')?.result ?? about[0]?.result ?? 'none';
  return { result, isAboutOthers: all.length > 0 && about.length === 0 };
}

/**
 * Who sent it. `pass` alone proves something. A `permerror` is a fail: what was judged could not be read, and who sent it may have seen
 * to that. `none` and `temperror` say nothing, unless SPF or DKIM passed for others than the domain in From.
 */
function identityOf(domain: string | null, dmarc: { result: string; isAboutOthers: boolean }, results: readonly MethodResult[]): Identity {
  if (domain === null || dmarc.isAboutOthers) return 'doubtful';
  if (dmarc.result === 'pass') return 'proven';
  if (dmarc.result === 'fail' || dmarc.result === 'permerror') return 'doubtful';
  const passed = results.filter(({ result }) => result === 'pass').flatMap(({ method, properties }) => domainsOf(method, properties));
  return passed.length > 0 && !passed.some((other) => isAligned(other, domain)) ? 'doubtful' : 'unknown';
}

/** Whose SPF or DKIM was checked. */
function domainsOf(method: string, properties: Record<string, string>): string[] {
  const names = { spf: ['smtp.mailfrom', 'smtp.helo'], dkim: ['header.d', 'header.i'] }[method] ?? [];
  const name = names.find((each) => properties[each]);
  // An empty return path (`<>`) is nobody's.
  return name !== undefined && /\w/.test(properties[name]) ? [comparableDomain(properties[name])] : [];
}

/** RFC 7489 §3.1 without the list of public suffixes: the same domain, or one below the other. Enough where nothing is proven by it. */
function isAligned(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

/** The authserv-id of the topmost results, whoever wrote them; '' where a server leaves it out, null without results. */
export function topmostAuthservId(headers: Record<string, string[]>): string | null {
  const [topmost] = headers['authentication-results'] ?? [];
  return topmost === undefined ? null : (readResults(topmost)?.authservId ?? null);
}

// ---- The field (RFC 8601 §2.2)

interface MethodResult {
  /** Lower case, as the result. */
  method: string;
  result: string;
  /** By `ptype.property`, lower case; the first of each. */
  properties: Record<string, string>;
}

interface Results {
  authservId: string;
  results: MethodResult[];
}

/** `authserv-id [version]; method=result reason="…" ptype.property=value; …` Null in a version that is not ours. */
function readResults(raw: string): Results | null {
  const [head, ...rest] = statementsOf(raw.slice(0, 20_000));
  // Exchange Online leaves the authserv-id out: the header begins with the first method.
  const hasId = readResult(head) === null;
  const results = (hasId ? rest : [head, ...rest]).map(readResult).filter((result) => result !== null);
  const [authservId = '', version = '1'] = hasId ? head.trim().split(/\s+/).map(unquote) : [];
  return version === '1' ? { authservId: authservId.toLowerCase(), results } : null;
}

/** Cut at the semicolons that are in no comment and no quoted string. Comments become a blank; they nest, and may hold anything. */
function statementsOf(text: string): string[] {
  const statements = [''];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const isEscaped = character === '\\' && (quoted || depth > 0);
    if (character === '"' && depth === 0) quoted = !quoted;
    if (character === '(' && !quoted) depth++;
    if (depth === 0) {
      if (character === ';' && !quoted) statements.push('');
      else statements[statements.length - 1] += isEscaped ? text.slice(at, at + 2) : character;
    }
    if (character === ')' && !quoted && depth > 0 && --depth === 0) statements[statements.length - 1] += ' ';
    if (isEscaped) at++;
  }
  return statements;
}

const PAIR = /(?<![\w./-])([\w./-]{1,80})=((?:"(?:[^"\\]|\\.)*"|[^\s"])+)/g;

/** Blanks may stand around the dot of a property. */
const PTYPE = /\b(smtp|header|body|policy|dns) ?\. ?(?=[a-z])/gi;

/** `method[/version]=result`, then pairs of a property and its value. Null for what is none. */
function readResult(statement: string): MethodResult | null {
  const compact = statement
    .replace(/\s+/g, ' ')
    .replace(/ ?([=/]) ?/g, '$1')
    .replace(PTYPE, '$1.')
    .trim();
  const [first, ...others] = [...compact.matchAll(PAIR)];
  const [, method, version = '1'] = /^([a-z][a-z0-9_-]{0,39})(?:\/(\d{1,3}))?$/i.exec(first?.index === 0 ? first[1] : '') ?? [];
  if (method === undefined || version !== '1') return null;
  const properties: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name, value] of others) properties[name.toLowerCase()] ??= unquote(value);
  return { method: method.toLowerCase(), result: unquote(first[2]).toLowerCase(), properties };
}

const unquote = (value: string): string => value.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1');
