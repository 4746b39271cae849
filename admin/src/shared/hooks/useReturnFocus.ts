import * as React from 'react';
import { choosePage } from '../utils/focusPlace';

/**
 * Gives the focus back to where it was when a dialog is closed. The design system does so for dialogs with a trigger of their own; ours
 * are opened by rows, menus and keys.
 */
export function useReturnFocus(isOpen = true): void {
  // The dialog takes the focus in an effect, which is later than this.
  React.useLayoutEffect(() => {
    if (!isOpen) return;
    const before = lastingOne(document.activeElement);
    return () => {
      // After the dialog is closed, unless another element has the focus by then.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        if (before === document.body) choosePage();
        else before?.focus();
      });
    };
  }, [isOpen]);
}

/** A menu closes when an entry is chosen: then the button of the menu gets the focus. */
function lastingOne(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : (element as HTMLElement | null);
}
