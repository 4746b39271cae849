import * as React from 'react';
import { useQueryParams } from '@strapi/strapi/admin';

/**
 * What the address bar holds of a list: its words, filters, order and page. Strapi's own setter writes values as they are, so that a
 * search for "R&D" would be one for "R", and the next filter would cut it as well.
 */
export function useListQuery<Q extends object>(): readonly [Partial<Q>, (change: Partial<Q>) => void] {
  const [{ query }, setQuery] = useQueryParams<Q>();
  const change = React.useCallback(
    (part: Partial<Q>) => setQuery(Object.fromEntries(Object.entries({ ...query, ...part }).map(encoded)) as Q),
    [query, setQuery],
  );
  return [query ?? {}, change];
}

const encoded = ([name, value]: [string, unknown]) => [name, typeof value === 'string' ? encodeURIComponent(value) : value];
