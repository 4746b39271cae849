import * as React from 'react';
import { isBaseQueryError, useAPIErrorHandler, useNotification, type BaseQueryError } from '@strapi/strapi/admin';
import type { Words } from '../../../../shared/sentences/words';
import { firstError } from '../utils/firstError';
import { useServerText } from './useServerText';
import { useText } from './useText';

/** Strapi's own asks for a narrower type than it looks at; what RTK Query hands over and what a request throws are both asked here. */
const isQueryError = isBaseQueryError as (error: unknown) => error is BaseQueryError;

type FieldErrors = Record<string, string>;

/** How a page says what became of a request. */
export function useFeedback() {
  const { toggleNotification } = useNotification();
  const { _unstableFormatAPIError: formatError, _unstableFormatValidationErrors: formatFieldErrors } = useAPIErrorHandler();
  const serverText = useServerText();
  const text = useText();

  const success = React.useCallback((message: string) => toggleNotification({ type: 'success', message }), [toggleNotification]);
  const warn = React.useCallback((message: string) => toggleNotification({ type: 'warning', message }), [toggleNotification]);
  const describeError = React.useCallback(
    (error: unknown): string =>
      isUnanswered(error)
        ? text('common.noServer')
        : serverText(formatError(error as BaseQueryError), detailsOf(error as BaseQueryError).said),
    [formatError, serverText, text],
  );
  const failure = React.useCallback(
    (error: unknown) => toggleNotification({ type: 'danger', message: describeError(error) }),
    [toggleNotification, describeError],
  );
  /** The errors of a form's fields, as its setErrors() wants them; null when the error is none of a field. */
  const fieldErrors = React.useCallback(
    (error: unknown): FieldErrors | null => {
      if (!isQueryError(error)) return null;
      if (error.name === 'ValidationError')
        return formatFieldErrors(
          translateFieldErrors(error, serverText) as Parameters<typeof formatFieldErrors>[0],
        ) as unknown as FieldErrors;
      return isOfName(error) ? { name: describeError(error) } : null;
    },
    [formatFieldErrors, serverText, describeError],
  );
  /** What stands below a field that is all of its request. */
  const describeFieldError = React.useCallback(
    (error: unknown): string => firstError(fieldErrors(error)) ?? describeError(error),
    [fieldErrors, describeError],
  );
  return { success, warn, failure, fieldErrors, describeError, describeFieldError };
}

/** Nobody answered, or not our server: what the browser says about it ("Failed to fetch") helps nobody. */
const isUnanswered = (error: unknown): boolean =>
  isQueryError(error) && !('status' in error && error.status) && ['TypeError', 'SyntaxError'].includes(String(error.name));

/** What stands in an error of this plugin, beside its English message. */
interface SaidDetails {
  said?: Words;
  errors?: { path: string[]; message: string; said?: Words }[];
}

const detailsOf = (error: object): SaidDetails => ('details' in error && (error.details as SaidDetails | undefined)) || {};

/** The name of a tag, a team, a status: whoever saves it, by whatever door, is told by the same refusal that there is one already. */
const isOfName = (error: object): boolean => {
  const { said } = detailsOf(error);
  return typeof said === 'object' && 'code' in said && /\.taken$/.test(said.code);
};

/** The same error with the messages of its fields in the administrator's language. */
function translateFieldErrors<E extends object>(error: E, serverText: ReturnType<typeof useServerText>): E {
  const { errors, ...others } = detailsOf(error);
  if (!errors) return error;
  // Several of one field stand there together.
  const sentences = new Map<string, { path: string[]; message: string }>();
  for (const { path, message, said } of errors) {
    const before = sentences.get(path.join('.'))?.message;
    sentences.set(path.join('.'), { path, message: [before, serverText(message, said)].filter(Boolean).join(' ') });
  }
  return { ...error, details: { ...others, errors: [...sentences.values()] } };
}
