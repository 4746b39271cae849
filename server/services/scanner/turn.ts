import type { Core } from '@strapi/strapi';
import { acquireLease, heldLeases, type Lease } from '../storage/lease';
import { SpokenError } from '../lib/spoken-error';
import { underWayByOwner } from '../lib/under-way';
import { say } from '../../../shared/sentences/words';

/** A mailbox is worked on by one at a time, on whatever instance. */

interface Named {
  documentId: string;
  name: string;
}

/** Another scan of this scanner is under way, here or on another instance. */
export class ScannerBusy extends SpokenError {
  constructor(name: string) {
    super(say('log.busy', { scanner: name }));
    this.name = 'ScannerBusy';
  }
}

const leaseOf = (documentId: string): string => `scanner:${documentId}`;

/** The right to work on this scanner's mailbox, to be released. Throws ScannerBusy. */
export async function takeScanner(strapi: Core.Strapi, { documentId, name }: Named): Promise<Lease> {
  const lease = await acquireLease(strapi, leaseOf(documentId));
  if (!lease) throw new ScannerBusy(name);
  return lease;
}

/**
 * Does work on a scanner's mailbox in its turn. Throws ScannerBusy, also once this process ends. Whoever works looks at `ending` after each
 * piece that is safe to end with: a process that is told to end waits, and then the mailbox is free for another one at once.
 */
export async function inTurn<T>(strapi: Core.Strapi, scanner: Named, work: (lease: Lease, ending: AbortSignal) => Promise<T>): Promise<T> {
  const { ending, add } = turnsOf(strapi);
  if (ending.aborted) throw new ScannerBusy(scanner.name);
  const lease = await takeScanner(strapi, scanner);
  const working = work(lease, ending).finally(() => lease.release());
  add(working);
  return working;
}

const turnsOf = underWayByOwner();

/** From now on nothing begins to work on a mailbox, and what is under way ends at the next safe moment. */
export const endTurns = (strapi: Core.Strapi): void => turnsOf(strapi).end();

/** Resolves when nothing of this process works on a mailbox any more, whoever began it, or after this many milliseconds. */
export const turnsEnded = (strapi: Core.Strapi, timeoutMs: number): Promise<void> => turnsOf(strapi).ended(timeoutMs);

/** The documentIds of those of these scanners that somebody works on at this moment. */
export async function busyScanners(strapi: Core.Strapi, scanners: { documentId: string }[]): Promise<Set<string>> {
  const documentIds = scanners.map(({ documentId }) => documentId);
  const held = await heldLeases(strapi, documentIds.map(leaseOf));
  return new Set(documentIds.filter((documentId) => held.has(leaseOf(documentId))));
}
