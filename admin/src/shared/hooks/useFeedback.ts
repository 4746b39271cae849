import * as React from 'react';
import { isBaseQueryError, useAPIErrorHandler, useNotification, type BaseQueryError } from '@strapi/strapi/admin';
import type { Words } from '../../../../shared/sentences/words';
import { useServerText } from './useServerText';
import { useText } from './useText';

/** An error as RTK Query hands it over. */
export type RequestError = Parameters<typeof isBaseQueryError>[0];

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
    (error: RequestError): string =>
      isUnanswered(error) ? text('common.noServer') : serverText(formatError(error as BaseQueryError), detailsOf(error).said),
    [formatError, serverText, text],
  );
  const failure = React.useCallback(
    (error: RequestError) => toggleNotification({ type: 'danger', message: describeError(error) }),
    [toggleNotification, describeError],
  );
  /** The errors of a form's fields, as its setErrors() wants them; null when the error is none of a field. */
  const fieldErrors = React.useCallback(
    (error: RequestError): FieldErrors | null =>
      isBaseQueryError(error) && error.name === 'ValidationError'
        ? (formatFieldErrors(translateFieldErrors(error, serverText) as never) as unknown as FieldErrors)
        : null,
    [formatFieldErrors, serverText],
  );
  return { success, warn, failure, fieldErrors, describeError };
}

/** Nobody answered, or not our server: what the browser says about it ("Failed to fetch") helps nobody. */
const isUnanswered = (error: RequestError): boolean =>
  isBaseQueryError(error) && !('status' in error && error.status) && ['TypeError', 'SyntaxError'].includes(String(error.name));

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
