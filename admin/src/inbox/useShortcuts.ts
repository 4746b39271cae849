import * as React from 'react';
import { isFocusLost, sinceFocusLost } from '../shared/utils/focusPlace';

/** Elements that handle keys themselves. */
const CONTROLS =
  'a[href], button, input, textarea, select, summary, iframe, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';
/** In a list, the current row is the one whose link or checkbox has the focus. */
const ROWS = '[data-ticket-link], [role="checkbox"]';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** A user whose field was just removed goes on typing for a moment. */
const REST_MS = 1_000;

/**
 * Shortcuts of a single key, as mail programs have them. They work when the page itself has the focus, or an element that handles no
 * keys, and when the focus is not lost (shared/utils/focusPlace.ts).
 */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const latest = React.useRef(shortcuts);
  React.useEffect(() => {
    latest.current = shortcuts;
  });
  React.useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
      if (!Object.hasOwn(latest.current, event.key) || !isPageChosen(event.target as Element)) return;
      event.preventDefault();
      latest.current[event.key]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isPageChosen(target: Element): boolean {
  if (isFocusLost() || sinceFocusLost() < REST_MS || document.querySelector(OVERLAY)) return false;
  return target.matches(ROWS) || target.closest(CONTROLS) === null;
}
