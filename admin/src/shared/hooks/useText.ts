import * as React from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import en from '../../translations/en.json';
import { getTrad } from '../utils/getTrad';

export type TextKey = keyof typeof en;
export type Text = (key: TextKey, values?: Record<string, PrimitiveType>) => string;

/** The texts of this plugin in the administrator's language; English where one is missing. */
export function useText(): Text {
  const { formatMessage } = useIntl();
  return React.useCallback((key, values) => formatMessage({ id: getTrad(key), defaultMessage: en[key] }, values), [formatMessage]);
}

/**
 * The text of a key that is only known at run time, such as that of a field that another plugin may have added; the fallback
 * (what the server calls it) when there is no such text.
 */
export function useTextOr(): (key: string, fallback: string) => string {
  const text = useText();
  return React.useCallback((key, fallback) => (Object.hasOwn(en, key) ? text(key as TextKey) : fallback), [text]);
}
