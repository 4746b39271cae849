import * as React from 'react';
import { isBaseQueryError, useAPIErrorHandler, useNotification, type BaseQueryError } from '@strapi/strapi/admin';
import { useServerText } from './useServerText';

/** An error as RTK Query hands it over. */
export type RequestError = Parameters<typeof isBaseQueryError>[0];

type FieldErrors = Record<string, string>;

/** How a page says what became of a request. */
export function useFeedback() {
  const { toggleNotification } = useNotification();
  const { _unstableFormatAPIError: formatError, _unstableFormatValidationErrors: formatFieldErrors } = useAPIErrorHandler();
  const serverText = useServerText();

  const success = React.useCallback((message: string) => toggleNotification({ type: 'success', message }), [toggleNotification]);
  const warn = React.useCallback((message: string) => toggleNotification({ type: 'warning', message }), [toggleNotification]);
  const inWords = React.useCallback(
    (error: RequestError): string => serverText(formatError(error as BaseQueryError)),
    [formatError, serverText],
  );
  const failure = React.useCallback(
    (error: RequestError) => toggleNotification({ type: 'danger', message: inWords(error) }),
    [toggleNotification, inWords],
  );
  /** The errors of a form's fields, as its setErrors() wants them; null when the error is none of a field. */
  const fieldErrors = React.useCallback(
    (error: RequestError): FieldErrors | null =>
      isBaseQueryError(error) && error.name === 'ValidationError'
        ? (formatFieldErrors(inOwnWords(error, serverText) as never) as unknown as FieldErrors)
        : null,
    [formatFieldErrors, serverText],
  );
  return { success, warn, failure, fieldErrors, inWords };
}

interface ValidationDetails {
  errors?: { path: string[]; message: string }[];
}

/** The same error with the messages of its fields in the administrator's language. */
function inOwnWords<E extends { details?: unknown }>(error: E, serverText: (text: string) => string): E {
  const { errors, ...others } = (error.details ?? {}) as ValidationDetails;
  return errors
    ? { ...error, details: { ...others, errors: errors.map(({ path, message }) => ({ path, message: serverText(message) })) } }
    : error;
}
