/** What a form holds while the browser is at a provider's sign-in: for this tab alone, for a while, and without passwords. */
import { keep, readKept } from '../utils/kept';

const KEY = 'mail-scanner:kept-form';
/** A sign-in ends after ten minutes, or a provider's page takes its time. */
const KEPT_MS = 20 * 60_000;

export type FormValues = Record<string, unknown>;

interface Kept {
  path: string;
  at: number;
  values: FormValues;
}

export function keepForm(path: string, { password: _, ...values }: FormValues): void {
  const kept: Kept = { path, at: Date.now(), values };
  keep('sessionStorage', KEY, kept);
}

/** What the form of this page held, once; null when it was not left for a sign-in. */
export function takeForm(path: string): FormValues | null {
  const kept = readKept<Kept>('sessionStorage', KEY);
  if (kept?.path !== path) return null;
  keep('sessionStorage', KEY, null);
  return Date.now() - kept.at < KEPT_MS ? kept.values : null;
}
