import * as React from 'react';
import { useIntl } from 'react-intl';
import { getTrad } from '../utils/getTrad';
import { translateSentences } from '../utils/serverSentences';

/** Says in the administrator's language what the server wrote in English: see serverSentences.ts. */
export function useServerText(): (text: string) => string {
  const { formatMessage, messages, locale } = useIntl();
  return React.useMemo(() => {
    if (locale.startsWith('en')) return (text) => text;
    const translated = new Map<string, string>();
    return (text) => {
      const known = translated.get(text);
      if (known !== undefined) return known;
      const words = translateSentences(text, (name, values) => {
        const id = getTrad(`server.${name}`);
        return id in messages ? formatMessage({ id }, values) : null;
      });
      translated.set(text, words);
      return words;
    };
  }, [formatMessage, messages, locale]);
}
