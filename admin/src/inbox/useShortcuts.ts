import * as React from 'react';
import { isFocusLost, sinceFocusLost } from '../shared/utils/focusPlace';

/** What does something of its own when a key is pressed on it, or where somebody types. */
const CONTROLS =
  'a[href], button, input, textarea, select, summary, iframe, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';
/** In a list the row at hand is the one whose link, or box, has the focus. */
const ROWS = '[data-ticket-link], [role="checkbox"]';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** Whoever typed into something that has just gone types on for a while. */
const REST_MS = 1_000;

/**
 * Single keys, as mail programs have them. They act when the page itself has been chosen: nothing on it that is pressed or typed into
 * has the focus, and the focus has not got lost (utils/focusPlace.ts).
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
