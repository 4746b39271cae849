import * as React from 'react';
import { useEditorState, type Editor } from '@tiptap/react';
import { styled } from 'styled-components';

export interface EditorMenuHandle {
  /** Whether the key was for the menu. */
  onKeyDown(event: KeyboardEvent): boolean;
}

/** What was typed behind a sign that opens a menu, and where it stands, the sign included. */
export interface Typed {
  search: string;
  from: number;
  to: number;
}

interface EditorMenuProps<T> {
  editor: Editor;
  listId: string;
  /** Null where no menu is asked for. */
  typedIn(editor: Editor): Typed | null;
  find(search: string): T[];
  onTake(item: T, typed: Typed): void;
  /** What Escape does in place of closing it. */
  onBack?(): void;
  /** The list, whose options have the ids `listId` and their place. */
  children(items: T[], active: number, take: (item: T) => void): React.ReactNode;
}

/** Offers something beneath the line; arrow keys choose, Enter takes, Escape leaves the text as it is. */
function Menu<T>(
  { editor, listId, typedIn, find, onTake, onBack, children }: EditorMenuProps<T>,
  ref: React.ForwardedRef<EditorMenuHandle>,
) {
  const typed = useEditorState({ editor, selector: ({ editor: now }) => typedIn(now) });
  const [chosen, setChosen] = React.useState(0);
  const [dismissed, setDismissed] = React.useState(false);
  const found = typed ? find(typed.search) : [];
  const isOpen = typed !== null && !dismissed && found.length > 0;
  const active = Math.min(chosen, found.length - 1);

  const search = typed?.search;
  const [before, setBefore] = React.useState(search);
  if (before !== search) {
    setBefore(search);
    setChosen(0);
    if (search === undefined) setDismissed(false);
  }

  const take = (item: T) => onTake(item, typed!);
  React.useImperativeHandle(ref, () => ({
    onKeyDown: ({ key, ctrlKey, metaKey }) => {
      const move = (step: number) => setChosen((active + step + found.length) % found.length);
      const actions: Record<string, () => void> = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Enter: () => take(found[active]),
        Tab: () => take(found[active]),
        Escape: () => (onBack ? onBack() : setDismissed(true)),
      };
      if (!isOpen || ctrlKey || metaKey || !Object.hasOwn(actions, key)) return false;
      actions[key]();
      return true;
    },
  }));
  React.useEffect(() => {
    if (!isThere(editor)) return;
    const { dom } = editor.view;
    if (isOpen) dom.setAttribute('aria-activedescendant', `${listId}-${active}`);
    // Another menu may be open.
    else if (dom.getAttribute('aria-activedescendant')?.startsWith(`${listId}-`)) dom.removeAttribute('aria-activedescendant');
  });

  if (!isOpen || !isThere(editor)) return null;
  const caret = editor.view.coordsAtPos(typed.from);
  const frame = editor.view.dom.getBoundingClientRect();
  return (
    <Beneath ref={stayInWindow} style={{ top: caret.bottom - frame.top + 4, left: Math.max(8, caret.left - frame.left) }}>
      {children(found, active, take)}
    </Beneath>
  );
}

export const EditorMenu = React.forwardRef(Menu) as <T>(
  props: EditorMenuProps<T> & { ref?: React.Ref<EditorMenuHandle> },
) => ReturnType<typeof Menu>;

/** On a slow computer an editor is made again before it has come to the page, and the first one has no view any more. */
export const isThere = (editor: Editor | null): editor is Editor => editor !== null && !editor.isDestroyed;

/** The text of the paragraph up to the cursor, and where it begins; null while something is selected. */
export function textBefore({ state: { selection } }: Editor): { text: string; start: number; to: number } | null {
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock) return null;
  return { text: $from.parent.textBetween(0, $from.parentOffset, '\n', '\ufffc'), start: $from.start(), to: $from.pos };
}

/** On a phone, a menu that begins at the caret would end beyond the edge. */
function stayInWindow(menu: HTMLElement | null): void {
  if (!menu) return;
  const beyond = menu.getBoundingClientRect().right + EDGE_PX - document.documentElement.clientWidth;
  if (beyond > 0) menu.style.translate = `${-beyond}px`;
}

const EDGE_PX = 8;

const Beneath = styled.div`
  position: absolute;
  z-index: 4;
  max-width: calc(100% - 1.6rem);
`;
