import * as React from 'react';
import { Combobox } from '@strapi/design-system';

interface SearchSelectProps extends Omit<React.ComponentProps<typeof Combobox>, 'autocomplete' | 'onInputChange'> {
  /** What somebody has typed; the options are what the server finds for it. */
  onSearch(words: string): void;
}

/**
 * A choice of what the server finds while somebody types. Left to itself, the design system's field writes the rest of the first option behind
 * each letter and selects it a moment later: a letter that comes in between is put at the end, and nothing fits any more. It also hides what
 * does not begin with these letters, though the server has found it.
 */
export function SearchSelect({ onSearch, ...props }: SearchSelectProps) {
  return (
    <Combobox {...props} autocomplete="none" onInputChange={(event: React.ChangeEvent<HTMLInputElement>) => onSearch(event.target.value)} />
  );
}
