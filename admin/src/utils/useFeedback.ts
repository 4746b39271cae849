import * as React from 'react';
import { isBaseQueryError, useAPIErrorHandler, useNotification, type BaseQueryError } from '@strapi/strapi/admin';

/** An error as RTK Query hands it over. */
export type RequestError = Parameters<typeof isBaseQueryError>[0];

type FieldErrors = Record<string, string>;

/** How a page says what became of a request. */
export function useFeedback() {
  const { toggleNotification } = useNotification();
  const { _unstableFormatAPIError: formatError, _unstableFormatValidationErrors: formatFieldErrors } = useAPIErrorHandler();

  const success = React.useCallback((message: string) => toggleNotification({ type: 'success', message }), [toggleNotification]);
  const failure = React.useCallback(
    (error: RequestError) => toggleNotification({ type: 'danger', message: formatError(error as BaseQueryError) }),
    [toggleNotification, formatError],
  );
  /** The errors of a form's fields, as its setErrors() wants them; null when the error is none of a field. */
  const fieldErrors = React.useCallback(
    (error: RequestError): FieldErrors | null =>
      isBaseQueryError(error) && error.name === 'ValidationError' ? (formatFieldErrors(error as never) as unknown as FieldErrors) : null,
    [formatFieldErrors],
  );
  const inWords = React.useCallback((error: RequestError): string => formatError(error as BaseQueryError), [formatError]);
  return { success, failure, fieldErrors, inWords };
}
