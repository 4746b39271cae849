import * as React from 'react';

/**
 * Where the focus is, and whether it is lost. A browser gives the focus to the document when the element that has it is removed or
 * disabled. The user does not notice and goes on typing, and single keys are shortcuts there. So this module keeps the focus near its
 * old place, and shortcuts do nothing until the user chooses a place.
 */

/** Elements with a name for screen readers. They get the focus when nothing inside them can have it. */
const LANDMARKS = '[tabindex="-1"], section, article, form, fieldset, [role="group"], main';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [data-radix-popper-content-wrapper]';
/** Menus and dialogs return the focus themselves, a moment after they close. */
const GIVE_BACK_MS = 60;

interface Place {
  element: Element;
  /** Landmarks around it, the nearest first. For a menu or a dialog: the landmarks around the element that opened it. */
  around: HTMLElement[];
}

let place: Place | null = null;
/** The last place within a page. */
let home: HTMLElement[] = [];
let lostAt = -Infinity;
/** The place that lost the focus, until the user chooses another. */
let lost: Place | null = null;
/** The element that got the focus from this module. The user did not choose it. */
let kept: Element | null = null;

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Whether the user, or the code of a page, gave the focus to an element. */
const isGiven = (): boolean => !isNowhere() && document.activeElement !== kept;

/** Whether the focus is lost and the user has not chosen a place since. */
export function isFocusLost(): boolean {
  recordLoss();
  return lost !== null && !isGiven();
}

/** Milliseconds since the focus was lost; Infinity when an element has it. */
export const sinceFocusLost = (): number => (isGiven() ? Infinity : Date.now() - lostAt);

/** The user chose the page itself. */
export function choosePage(): void {
  place = null;
  lost = null;
  lostAt = -Infinity;
  kept = null;
}

/** Keeps the focus on the page while one of our pages is shown. */
export function useFocusPlace(): void {
  React.useEffect(() => {
    // A part of the page may have taken the focus before this listens.
    if (!isNowhere()) remember(document.activeElement!);
    // A disabled or hidden element keeps the focus until the next drawing of the page, and no event follows.
    const observer = new MutationObserver(() => {
      recordLoss();
      requestAnimationFrame(() => setTimeout(recordLoss));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden', 'style'] });
    // Each page has its own listeners: the previous page is removed after this one is added, and would remove shared listeners.
    const listeners: [type: string, listener: (event: Event) => unknown][] = [
      ['focusin', ({ target }) => remember(target as Element)],
      // Between two elements the focus is nowhere for a moment: relatedTarget names the next one.
      ['focusout', (event) => (event as FocusEvent).relatedTarget === null && recordLoss()],
      ['pointerdown', () => choosePage()],
    ];
    for (const [type, listener] of listeners) document.addEventListener(type, listener, true);
    return () => {
      observer.disconnect();
      for (const [type, listener] of listeners) document.removeEventListener(type, listener, true);
    };
  }, []);
}

function remember(element: Element): void {
  const around = landmarksOf(element);
  if (element.closest('main')) home = around;
  place = { element, around: element.closest(OVERLAY) ? [...around, ...home] : around };
  if (element === kept) return;
  lost = null;
  lostAt = -Infinity;
  kept = null;
}

/** Up to the page: what is around the page belongs to Strapi's panel and stays. */
function landmarksOf(element: Element): HTMLElement[] {
  const page = element.closest(`main, ${OVERLAY}`);
  const found: HTMLElement[] = [];
  for (let at: Element | null = element; page && at !== page;) {
    at = at.parentElement!.closest(`${LANDMARKS}, ${OVERLAY}`);
    if (!at) break;
    found.push(at as HTMLElement);
  }
  return found;
}

/** Records that the document has the focus although the user neither clicked on it nor left the window. */
function recordLoss(): void {
  if (!place || !isNowhere() || !document.hasFocus()) return;
  const left = place;
  place = null;
  lost = left;
  lostAt = Date.now();
  setTimeout(() => isNowhere() && lost === left && stayNear(left), GIVE_BACK_MS);
}

function stayNear({ element, around }: Place): void {
  const near = around.find((landmark) => landmark.isConnected);
  // The whole page is gone: the user followed a link and so chose the next page.
  if (!near) {
    lost = null;
    return;
  }
  if (!near.hasAttribute('tabindex')) near.tabIndex = -1;
  kept = near;
  near.focus({ preventScroll: true });
  if (element.isConnected) returnWhenEnabled(element as HTMLElement, near);
}

/** A button is disabled while its request runs. It gets the focus back afterwards. */
function returnWhenEnabled(element: HTMLElement, near: HTMLElement): void {
  const observer = new MutationObserver(() => {
    if (document.activeElement !== near || !element.isConnected) return observer.disconnect();
    if (element.hasAttribute('disabled')) return;
    observer.disconnect();
    element.focus({ preventScroll: true });
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}
