import type { Core } from '@strapi/strapi';

/** What is started when work becomes due. The engine does it; rooms below the engine ask for it here. */
export interface DueWork {
  /** Has every scanner that is due scanned. Does not wait for the scans. */
  scanDue(): Promise<void>;
  /** Has every delivery that is due sent. */
  deliverDue(): Promise<void>;
}

const known = new WeakMap<Core.Strapi, DueWork>();

/** Registers what does due work. engine/index.ts calls it at the start. */
export const registerDueWork = (strapi: Core.Strapi, work: DueWork): void => void known.set(strapi, work);

/** What does due work. Throws before the plugin has started. */
export function dueWorkOf(strapi: Core.Strapi): DueWork {
  const work = known.get(strapi);
  if (!work) throw new Error('The mail scanner has not started yet.');
  return work;
}
