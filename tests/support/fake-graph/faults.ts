/** What goes wrong at Microsoft, by name. `after`: the work is done all the same. */

export interface FaultAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Fault {
  after?: true;
  /** The work is done some time after the answer: `ways.lateMs`. */
  late?: true;
  /** Hangs up without an answer. */
  cut?: true;
  /** Does the work, and hangs up in the middle of its answer. */
  half?: true;
  answer?: () => FaultAnswer;
}

const throttled = (headers: Record<string, string>) => (): FaultAnswer => ({
  status: 429,
  headers,
  body: { error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' } },
});

const error = (status: number, code: string, message = '') => ({
  answer: (): FaultAnswer => ({ status, body: { error: { code, message } } }),
});

const FAULTS = {
  throttledSeconds: { answer: throttled({ 'retry-after': '2' }) },
  throttledLong: { answer: throttled({ 'retry-after': '300' }) },
  throttledDate: { answer: () => throttled({ 'retry-after': new Date(Date.now() + 2000).toUTCString() })() },
  throttledSilent: { answer: throttled({}) },
  throttledStuck: { answer: throttled({ 'retry-after': '1' }) },
  unavailable: error(503, 'ErrorMailboxStoreUnavailable', 'The mailbox store is unavailable.'),
  gatewayTimeout: error(504, 'UnknownError'),
  gatewayTimeoutAfterWork: { after: true, ...error(504, 'UnknownError') },
  gatewayTimeoutBeforeWork: { late: true, ...error(504, 'UnknownError') },
  unavailableForLong: {
    answer: () => ({ status: 503, headers: { 'retry-after': '300' }, body: { error: { code: 'ErrorServerBusy', message: '' } } }),
  },
  cut: { cut: true },
  cutAfterWork: { after: true, cut: true },
  unauthorized: error(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'),
  forbidden: error(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  forbiddenSilent: { answer: () => ({ status: 403 }) },
  half: { half: true },
  /** The answer of another machine on the way. */
  htmlOk: { answer: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Please sign in</html>' }) },
  emptyObject: { answer: () => ({ status: 200, body: {} }) },
  emptyOk: { answer: () => ({ status: 200 }) },
  htmlGateway: { answer: () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' }) },
  conflict: error(409, 'ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key is stale.'),
  broken: error(500, 'ErrorContentConversionFailed', 'Content conversion failed.'),
  gone: error(404, 'ErrorItemNotFound', 'The specified object was not found in the store.'),
  sendAsDenied: error(403, 'ErrorSendAsDenied', 'The account has no right to send as the specified one.'),
  quota: error(403, 'ErrorExceededMessageLimit', 'The message limit was exceeded.'),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

interface Planned {
  name: FaultName;
  times: number;
  fits(operation: string): boolean;
}

/** Faults for the next requests, or for a share of all of them; the same seed gives the same faults. */
export function faultPlan() {
  const planned: Planned[] = [];
  let storm: { share: number; names: FaultName[]; random: () => number } | null = null;
  return {
    /** The next `times` requests of this operation, such as `POST messages`, or of any. */
    next(name: FaultName, { times = 1, on }: { times?: number; on?: string } = {}) {
      planned.push({ name, times, fits: (operation) => on === undefined || operation === on });
    },
    storm(seed: number, share: number, names: FaultName[]) {
      storm = { share, names, random: mulberry(seed) };
    },
    clear() {
      planned.length = 0;
      storm = null;
    },
    take(operation: string): Fault | null {
      const found = planned.find((each) => each.times > 0 && each.fits(operation));
      if (found) {
        found.times -= 1;
        return FAULTS[found.name];
      }
      if (!storm || storm.random() >= storm.share) return null;
      return FAULTS[storm.names[Math.floor(storm.random() * storm.names.length)]];
    },
  };
}

/** A small generator of numbers that a seed repeats. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
