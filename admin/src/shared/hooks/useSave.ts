import * as React from 'react';
import type { FormHelpers } from '@strapi/strapi/admin';
import { useFeedback } from './useFeedback';

type Answer<D> = { data: D; error?: undefined } | { data?: undefined; error: unknown };

interface Saved<V> {
  message: string;
  /** What the form holds from then on, as its unchanged state. */
  values: V;
}

/**
 * Waits for the request that saves a form: then the form counts as unchanged, or each field that the server refuses says why.
 * Resolves with what the server answered; null when it refused.
 */
export function useSave() {
  const { success, failure, fieldErrors } = useFeedback();
  return React.useCallback(
    async <V extends object, D>(
      request: PromiseLike<Answer<D>>,
      { setErrors, resetForm }: FormHelpers<V>,
      savedOf: (answer: D) => Saved<V>,
    ): Promise<D | null> => {
      const answer = await request;
      if (answer.error) {
        const errors = fieldErrors(answer.error);
        if (errors) setErrors(errors as Parameters<typeof setErrors>[0]);
        failure(answer.error);
        return null;
      }
      const { values, message } = savedOf(answer.data as D);
      resetForm(values);
      success(message);
      return answer.data as D;
    },
    [success, failure, fieldErrors],
  );
}
