import * as React from 'react';
import { choosePage } from '../utils/focusPlace';

/**
 * Gives the focus back to where it was when a dialog is closed. The design system does so for dialogs with a trigger of their own; ours
 * are opened by rows, menus and keys.
 */
export function useReturnFocus(isOpen = true): void {
  // Before the dialog takes the focus, which it does in an effect.
  React.useLayoutEffect(() => {
    if (!isOpen) return;
    const before = lastingOne(document.activeElement);
    return () => {
      // After the dialog has gone, and unless something else has taken the focus by then.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        if (before === document.body) choosePage();
        else before?.focus();
      });
    };
  }, [isOpen]);
}

/** A menu goes when one of its entries is chosen: then it is the button that it belongs to. */
function lastingOne(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : (element as HTMLElement | null);
}
