import type { Core } from '@strapi/strapi';
import { acquireLease, heldLeases, type Lease } from '../storage/lease';

/** A mailbox is worked on by one at a time, on whatever instance. */

interface Named {
  documentId: string;
  name: string;
}

/** Another scan of this scanner is under way, here or on another instance. */
export class ScannerBusy extends Error {
  constructor(name: string) {
    super(`The scanner "${name}" is being scanned just now. Wait for it to finish.`);
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

/** The documentIds of those of these scanners that somebody works on at this moment. */
export async function busyScanners(strapi: Core.Strapi, scanners: { documentId: string }[]): Promise<Set<string>> {
  const documentIds = scanners.map(({ documentId }) => documentId);
  const held = await heldLeases(strapi, documentIds.map(leaseOf));
  return new Set(documentIds.filter((documentId) => held.has(leaseOf(documentId))));
}
