import * as React from 'react';

/** Where typing means text or a choice, and no shortcut. */
const TYPING =
  'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="menu"]';
const DIALOG = '[role="dialog"], [role="alertdialog"]';

/** Single keys, as mail programs have them. They rest while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const latest = React.useRef(shortcuts);
  React.useEffect(() => {
    latest.current = shortcuts;
  });
  React.useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if ((event.target as Element | null)?.closest?.(TYPING) || document.querySelector(DIALOG)) return;
      if (!Object.hasOwn(latest.current, event.key)) return;
      event.preventDefault();
      latest.current[event.key]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
