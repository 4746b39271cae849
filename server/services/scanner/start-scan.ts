import type { Core } from '@strapi/strapi';
import { log } from '../log';
import { plainWords } from '../storage/failure';
import type { ScannerRow } from './access';
import { scan, type ScanOptions } from './scan';

/**
 * Begins a scan that nobody waits for, and resolves with the id of its work. Throws ScannerBusy, and what the database throws before it has
 * begun.
 */
export function startScan(strapi: Core.Strapi, scanner: ScannerRow, options: ScanOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    const onBegun = (work: string) => {
      hasBegun = true;
      resolve(work);
    };
    scan(strapi, scanner, { ...options, onBegun }).catch((error) => {
      if (hasBegun) log(strapi, 'error', 'A scan could not run', { scanner, reason: plainWords(error) });
      else reject(error);
    });
  });
}
