import type { RuleTrial } from '../api/rules';

/** Of a larger email, its beginning is tried: a request may have 1 MB, and headers and text stand first. */
const MAX_BYTES = 700_000;

/** A file with an email as a trial takes it: as base64, since not every email is UTF-8. */
export async function readEmail(file: Blob): Promise<Pick<RuleTrial, 'source' | 'encoding'>> {
  const bytes = new Uint8Array(await file.slice(0, MAX_BYTES).arrayBuffer());
  let binary = '';
  for (let start = 0; start < bytes.length; start += 8192) binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return { source: btoa(binary), encoding: 'base64' };
}
