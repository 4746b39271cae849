import type { Authenticity } from './types';

/**
 * SPF, DKIM and DMARC as the mailbox's own server found them (RFC 8601). Anybody can write such a header into a mail, so only
 * those of a trusted authserv-id count; with none configured the topmost, which the last server wrote. A server that lets forged
 * ones with its own name through puts its own above them: DMARC, on which everything else rests, is taken from the topmost alone.
 */
export function authenticityOf(headers: Record<string, string[]>, trusted: string[]): Authenticity {
  const results = (headers['authentication-results'] ?? []).map(readResults).filter((result) => result !== null);
  const ids = trusted.map((id) => id.toLowerCase());
  const chosen = ids.length === 0 ? results.slice(0, 1) : results.filter(({ authservId }) => ids.includes(authservId));
  if (chosen.length === 0) return { spf: 'none', dkim: 'none', dmarc: 'none', authservId: null };
  const methods = chosen.flatMap(({ methods: found }) => found);
  return {
    spf: resultOf(methods, 'spf'),
    dkim: resultOf(methods, 'dkim'),
    dmarc: resultOf(chosen[0].methods, 'dmarc'),
    authservId: chosen[0].authservId,
  };
}

/** The authserv-id of the topmost results, whoever wrote them; '' where a server leaves it out, null without results. */
export function topmostAuthservId(headers: Record<string, string[]>): string | null {
  const [topmost] = headers['authentication-results'] ?? [];
  return topmost === undefined ? null : (readResults(topmost)?.authservId ?? null);
}

interface Results {
  authservId: string;
  methods: [method: string, result: string][];
}

/** `authserv-id [version]; method=result reason="…" ptype.property=value; …` (RFC 8601 §2.2). Null in a version that is not ours. */
function readResults(raw: string): Results | null {
  const [head, ...rest] = withoutComments(raw.slice(0, 20_000)).split(';');
  // Exchange Online leaves the authserv-id out: the header begins with the first method.
  const hasId = !/^\s*[a-z-]+\s*(?:\/\s*\d+\s*)?=/i.test(head);
  const methods = (hasId ? rest : [head, ...rest]).flatMap((part): [string, string][] => {
    const match = /^\s*([a-z0-9_-]{1,40})\s*(?:\/\s*\d{1,3}\s*)?=\s*([a-z]{1,20})/i.exec(part);
    return match === null ? [] : [[match[1].toLowerCase(), match[2].toLowerCase()]];
  });
  const [authservId = '', version = '1'] = hasId ? head.trim().toLowerCase().split(/\s+/) : [];
  return version === '1' ? { authservId, methods } : null;
}

/** Comments nest and may hold `;` and `=`; quoted strings may hold parentheses. */
function withoutComments(text: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '"' && depth === 0) quoted = !quoted;
    else if (character === '(' && !quoted) depth++;
    else if (character === ')' && !quoted && depth > 0) depth--;
    else if (depth === 0 && !quoted) out += character;
  }
  return out;
}

/** Of several signatures one that passes is enough (RFC 6376 §6.1); else the first says it. */
function resultOf(methods: [string, string][], method: string): string {
  const results = methods.filter(([name]) => name === method).map(([, result]) => result);
  return results.includes('pass') && method === 'dkim' ? 'pass' : (results[0] ?? 'none');
}
