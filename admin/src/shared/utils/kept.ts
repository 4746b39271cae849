/** What a browser keeps for a page: until its tab ends (`sessionStorage`) or beyond that (`localStorage`). One that stores nothing loses it, as before. */
type Storage = 'localStorage' | 'sessionStorage';

/** null: nothing, or nothing that can be read. */
export function readKept<T>(storage: Storage, key: string): T | null {
  try {
    return JSON.parse(window[storage].getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** null: nothing is kept there any more. */
export function keep(storage: Storage, key: string, value: unknown): void {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // No room, or no permission to store.
  }
}
