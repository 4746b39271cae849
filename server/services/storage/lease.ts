import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { log } from '../log';
import { storageConfig } from './config';
import { plainWords } from './failure';
import { inTransaction, readTable, tableIn, TABLES } from './tables';

/** Somebody else took the lease: whatever was begun under it must not be committed. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`The lease "${name}" passed to another instance.`);
    this.name = 'LeaseLost';
  }
}

export interface Lease {
  /**
   * Renews the lease within a transaction, or throws LeaseLost. As a part of each commit it is the fence: of two instances
   * that both believe to hold the lease, only one can commit.
   */
  confirm(trx: Knex.Transaction): Promise<void>;
  /**
   * Throws LeaseLost when somebody else has it, and when it has run out here, so that somebody else may have it. For what no commit can fence,
   * such as an email that leaves.
   */
  assertHeld(): void;
  release(): Promise<void>;
  /** Aborts when somebody else has the lease. */
  signal: AbortSignal;
}

/**
 * Takes the lease of that name for as long as it is renewed, or returns null while another holder's has not run out.
 * Clocks of several instances may differ by less than a third of the lease.
 */
export async function acquireLease(strapi: Core.Strapi, name: string): Promise<Lease | null> {
  const owner = randomUUID();
  const leaseMs = storageConfig(strapi).leaseSeconds * 1000;
  const asked = performance.now();
  if (!(await take(strapi, name, owner, leaseMs))) return null;

  const lost = new AbortController();
  // By a clock that nobody sets, and counted from before the database was asked.
  let ownUntil = asked + leaseMs;
  const confirm = async (trx: Knex.Transaction) => {
    const asked = performance.now();
    // Where commits follow each other closely, the renewals between them may wait for the database longer than the lease lasts.
    const prolong = () => void (ownUntil = Math.max(ownUntil, asked + leaseMs));
    await strapi.db.transaction(({ onCommit }) => void onCommit(() => void trx.executionPromise.then(prolong, () => {})));
    const renewed = await tableIn(strapi, trx, TABLES.leases)
      .where({ name, owner })
      .update({ until: Date.now() + leaseMs });
    if (renewed === 1) return;
    const error = new LeaseLost(name);
    lost.abort(error);
    throw error;
  };
  const timer = setInterval(() => {
    inTransaction(strapi, confirm).catch((error) => {
      if (error instanceof LeaseLost) clearInterval(timer);
      else log(strapi, 'warn', 'A lease could not be renewed', { lease: name, reason: plainWords(error) });
    });
  }, leaseMs / 3);
  timer.unref();

  return {
    confirm,
    assertHeld() {
      lost.signal.throwIfAborted();
      if (performance.now() > ownUntil) throw new LeaseLost(name);
    },
    signal: lost.signal,
    async release() {
      clearInterval(timer);
      await inTransaction(strapi, (trx) => tableIn(strapi, trx, TABLES.leases).where({ name, owner }).delete());
    },
  };
}

/** The names, among those given, that somebody holds at this moment. */
export async function heldLeases(strapi: Core.Strapi, names: string[]): Promise<Set<string>> {
  const rows = await readTable(strapi, TABLES.leases, (table) =>
    table
      .whereIn('name', names)
      .whereBetween('until', heldUntil(storageConfig(strapi).leaseSeconds * 1000))
      .select('name'),
  );
  return new Set(rows.map((row: { name: string }) => row.name));
}

/**
 * Between which two moments the end of a lease lies that somebody holds. One that ends later than any that is taken now was taken before the
 * clock went back, and would block for as long; should its holder live after all, the fence keeps it from committing.
 */
const heldUntil = (leaseMs: number): [number, number] => [Date.now(), Date.now() + 2 * leaseMs];

async function take(strapi: Core.Strapi, name: string, owner: string, leaseMs: number): Promise<boolean> {
  const until = Date.now() + leaseMs;
  return inTransaction(strapi, async (trx) => {
    const lease = () => tableIn(strapi, trx, TABLES.leases).where({ name });
    // Looked at first, which locks nothing: on MySQL an insert that meets a row locks it, and who then changes it and the holder who renews it
    // would wait for each other.
    const found = await lease().first('owner', 'until');
    if (!found) {
      // An insert that meets the row of somebody faster does nothing: no error that would abort a PostgreSQL transaction.
      await tableIn(strapi, trx, TABLES.leases).insert({ name, owner, until }).onConflict('name').ignore();
      return (await lease().first('owner'))?.owner === owner;
    }
    const held = heldUntil(leaseMs);
    if (Number(found.until) >= held[0] && Number(found.until) <= held[1]) return false;
    const taken = await lease().whereNotBetween('until', held).update({ owner, until });
    return taken === 1;
  });
}
