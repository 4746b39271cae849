import * as React from 'react';
import { flushSync } from 'react-dom';

/** Puts words into a field where its caret is, in place of what is selected, and the caret behind them. */
export function useInsertAtCaret<E extends HTMLInputElement | HTMLTextAreaElement>(value: string, onChange: (value: string) => void) {
  const field = React.useRef<E>(null);
  const insert = (words: string) => {
    const { selectionStart, selectionEnd } = field.current ?? {};
    const start = selectionStart ?? value.length;
    // The caret is set in the new value, so that has to be there.
    flushSync(() => onChange(value.slice(0, start) + words + value.slice(selectionEnd ?? start)));
    field.current?.focus();
    field.current?.setSelectionRange(start + words.length, start + words.length);
  };
  return { field, insert };
}
