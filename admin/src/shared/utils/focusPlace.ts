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
/** The place that lost the focus, until somebody chooses one. */
let lost: Place | null = null;
/** Where the focus was put so that it stays near. Nobody has chosen that. */
let kept: Element | null = null;

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Whether somebody, or a page on purpose, has given the focus to something. */
const isGiven = (): boolean => !isNowhere() && document.activeElement !== kept;

/** Whether the focus got lost and nobody has chosen a place since. */
export function isFocusLost(): boolean {
  noteLoss();
  return lost !== null && !isGiven();
}

/** How long ago the focus got lost, in milliseconds, as long as nothing has it again. */
export const sinceFocusLost = (): number => (isGiven() ? Infinity : Date.now() - lostAt);

/** Somebody has chosen the page itself. */
export function choosePage(): void {
  place = null;
  lost = null;
  lostAt = -Infinity;
  kept = null;
}

/** Keeps the focus on the page as long as one of ours is shown. */
export function useFocusPlace(): void {
  React.useEffect(() => {
    // A part of the page may have taken the focus before the page itself listens.
    if (!isNowhere()) remember(document.activeElement!);
    // What is disabled or hidden keeps the focus until the page is drawn, and no event tells that it has gone then.
    const observer = new MutationObserver(() => {
      noteLoss();
      requestAnimationFrame(() => setTimeout(noteLoss));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden', 'style'] });
    // Of this page alone: the one before leaves after this one has come, and would take shared ones along.
    const listeners: [type: string, listener: (event: Event) => unknown][] = [
      ['focusin', ({ target }) => remember(target as Element)],
      // On its way from one element to the next it is nowhere, too.
      ['focusout', (event) => (event as FocusEvent).relatedTarget === null && noteLoss()],
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

/** Up to the page: what is around that belongs to the panel and outlives every page. */
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

/** The document has the focus, and nobody has given it to it: neither by a click nor by leaving the window. */
function noteLoss(): void {
  if (!place || !isNowhere() || !document.hasFocus()) return;
  const left = place;
  place = null;
  lost = left;
  lostAt = Date.now();
  setTimeout(() => isNowhere() && lost === left && stayNear(left), GIVE_BACK_MS);
}

function stayNear({ element, around }: Place): void {
  const near = around.find((landmark) => landmark.isConnected);
  // The whole page has gone: who follows a link has chosen the next one.
  if (!near) {
    lost = null;
    return;
  }
  if (!near.hasAttribute('tabindex')) near.tabIndex = -1;
  kept = near;
  near.focus({ preventScroll: true });
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
