/**
 * Providers that put a Message-ID of their own in place of ours. Answers and reports name theirs, and some mail programs (that of iOS, say) then
 * name nothing else: so ours is kept where one can ask for that, and theirs is read from what the server says when it takes an email.
 */

/** Headers that ask a provider to keep the Message-ID. */
export const keepingHeaders = (host: string): Record<string, string> =>
  /(?:^|\.)postmarkapp\.com$/i.test(host) ? { 'X-PM-KeepID': 'true' } : {};

/** In whole answers alone: a server may put anything between brackets, addresses too. */
const TOLD = [
  // Exchange Online.
  /^250 (?:2\.\d\.\d )?OK <([^<>\s@]+@[^<>\s@]+)> \[Hostname=/i,
  // Brevo.
  /^250 (?:2\.\d\.\d )?OK:? queued as <([^<>\s@]+@[^<>\s@]+)>\s*$/i,
];

/** Amazon SES tells what stands before the sign; what stands behind it is its region's. */
const TOLD_BY_SES = /^250 Ok ([0-9a-f]{16}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d{6})\s*$/i;
const REGION = /(?:^|\.)email-smtp(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\./i;
const FIRST_REGION = 'us-east-1';

/** The Message-ID under which this server sends an email on, without angle brackets; null when it tells none, or kept `ours`. */
export function toldMessageId(response: string, host: string, ours: string): string | null {
  const told = TOLD.map((shape) => shape.exec(response)?.[1]).find(Boolean) ?? toldBySes(response, host);
  return told && told !== ours ? told : null;
}

function toldBySes(response: string, host: string): string | null {
  const [, id] = TOLD_BY_SES.exec(response) ?? [];
  const [, region] = REGION.exec(host) ?? [];
  if (!id || !region) return null;
  return `${id}@${region === FIRST_REGION ? 'email' : region.toLowerCase()}.amazonses.com`;
}
