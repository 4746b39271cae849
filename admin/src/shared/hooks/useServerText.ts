import * as React from 'react';
import { useIntl } from 'react-intl';
import { wordsIn, type Words } from '../../../../shared/sentences/words';
import { getTrad } from '../utils/getTrad';

/**
 * Words in the administrator's language what the server said in codes. `english` is the text beside them: it is shown to somebody who reads English,
 * and where there are no codes, as in another plugin's words, or one that this panel does not know.
 */
export function useServerText(): (english: string, said?: Words | null) => string {
  const { formatMessage, messages, locale } = useIntl();
  return React.useMemo(() => {
    const word = (code: string, values: Record<string, string | number>): string | null => {
      const id = getTrad(`server.${code}`);
      return id in messages ? formatMessage({ id }, values) : null;
    };
    return (english, said) => (said && !locale.startsWith('en') ? (wordsIn(said, word) ?? english) : english);
  }, [formatMessage, messages, locale]);
}
