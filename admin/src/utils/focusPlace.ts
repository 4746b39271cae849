import * as React from 'react';

/**
 * Where the focus is, and whether it got lost. A browser gives it to the document when the element that has it is removed or disabled.
 * Whoever types then goes on typing, and single keys are shortcuts there: so the focus stays near where it was, and shortcuts rest until
 * somebody chooses a place.
 */

/** What is named to people and so worth the focus when nothing in it can have it. */
const LANDMARKS = '[tabindex="-1"], section, article, form, fieldset, [role="group"], main';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [data-radix-popper-content-wrapper]';
/** Menus and dialogs give the focus back themselves, a moment after they have gone. */
const GIVE_BACK_MS = 60;

interface Place {
  element: Element;
  /** Landmarks around it, the nearest first; for what lies over the page, those around what opened it. */
  around: HTMLElement[];
}

let place: Place | null = null;
/** The last place within a page. */
let home: HTMLElement[] = [];
let lostAt = -Infinity;
let isLost = false;
let isMoving = false;

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Whether the focus got lost and nobody has chosen a place since. */
export const isFocusLost = (): boolean => isLost;

/** How long ago the focus got lost, in milliseconds, as long as nothing has it again. */
export const sinceFocusLost = (): number => Date.now() - lostAt;

/** Somebody has chosen the page itself. */
export function choosePage(): void {
  place = null;
  isLost = false;
  lostAt = -Infinity;
}

/** Keeps the focus on the page as long as one of ours is shown. */
export function useFocusPlace(): void {
  React.useEffect(() => {
    const observer = new MutationObserver(noteLoss);
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', noteLoss);
    document.addEventListener('pointerdown', choosePage, true);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', noteLoss);
      document.removeEventListener('pointerdown', choosePage, true);
    };
  }, []);
}

function remember({ target }: FocusEvent): void {
  const element = target as Element;
  const around = landmarksOf(element);
  if (element.closest('main')) home = around;
  place = { element, around: element.closest(OVERLAY) ? [...around, ...home] : around };
  if (isMoving) return;
  isLost = false;
  lostAt = -Infinity;
}

function landmarksOf(element: Element): HTMLElement[] {
  if (!element.closest(`main, ${OVERLAY}`)) return [];
  const found: HTMLElement[] = [];
  for (let at = element.parentElement?.closest<HTMLElement>(LANDMARKS); at; at = at.parentElement?.closest<HTMLElement>(LANDMARKS)) {
    found.push(at);
  }
  return found;
}

/** The document has the focus, and nobody has given it to it: neither by a click nor by leaving the window. */
function noteLoss(): void {
  if (!place || !isNowhere() || !document.hasFocus()) return;
  const lost = place;
  place = null;
  isLost = true;
  lostAt = Date.now();
  setTimeout(() => isNowhere() && isLost && stayNear(lost), GIVE_BACK_MS);
}

function stayNear({ element, around }: Place): void {
  const near = around.find((landmark) => landmark.isConnected);
  // The whole page has gone: who follows a link has chosen the next one.
  if (!near) {
    isLost = false;
    return;
  }
  if (!near.hasAttribute('tabindex')) near.tabIndex = -1;
  isMoving = true;
  near.focus({ preventScroll: true });
  isMoving = false;
  if (element.isConnected) returnWhenEnabled(element as HTMLElement, near);
}

/** A button that rests while it works has the focus again afterwards. */
function returnWhenEnabled(element: HTMLElement, near: HTMLElement): void {
  const observer = new MutationObserver(() => {
    if (document.activeElement !== near || !element.isConnected) return observer.disconnect();
    if (element.hasAttribute('disabled')) return;
    observer.disconnect();
    element.focus({ preventScroll: true });
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}
