import * as React from 'react';
import { isBaseQueryError, useAPIErrorHandler, useNotification, type BaseQueryError } from '@strapi/strapi/admin';
import type { Words } from '../../../../shared/sentences/words';
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
    (error: unknown): FieldErrors | null =>
      isQueryError(error) && error.name === 'ValidationError'
        ? (formatFieldErrors(translateFieldErrors(error, serverText)) as unknown as FieldErrors)
        : null,
    [formatFieldErrors, serverText],
  );
  /** What stands below a field that is all of its request. */
  const describeFieldError = React.useCallback(
    (error: unknown): string => firstOf(fieldErrors(error)) ?? describeError(error),
    [fieldErrors, describeError],
  );
  return { success, warn, failure, fieldErrors, describeError, describeFieldError };
}

/** The error of a list's entry stands within that of the list. */
const firstOf = (errors: object | null): string | undefined => {
  const [first] = Object.values(errors ?? {}) as (string | object)[];
  return typeof first === 'object' ? firstOf(first) : first;
};

/** Nobody answered, or not our server: what the browser says about it ("Failed to fetch") helps nobody. */
const isUnanswered = (error: unknown): boolean =>
  isQueryError(error) && !('status' in error && error.status) && ['TypeError', 'SyntaxError'].includes(String(error.name));

/** What stands in an error of this plugin, beside its English message. */
interface SaidDetails {
  said?: Words;
  errors?: { path: string[]; message: string; said?: Words }[];
}

const detailsOf = (error: object): SaidDetails => ('details' in error && (error.details as SaidDetails | undefined)) || {};

/** The same error with the messages of its fields in the administrator's language. */
function translateFieldErrors<E extends object>(error: E, serverText: ReturnType<typeof useServerText>): E {
  const { errors, ...others } = detailsOf(error);
  return errors
    ? { ...error, details: { ...others, errors: errors.map(({ path, message, said }) => ({ path, message: serverText(message, said) })) } }
    : error;
}
