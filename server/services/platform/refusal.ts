import { errors } from '@strapi/utils';
import { inEnglish, say, type Words } from '../../../shared/sentences/words';

/** How a request is refused. What the panel words goes in `details`; the message says the same in English. */

export interface FieldError {
  path: (string | number)[];
  said: Words;
}

/** Throws a 400 that names each field, in the form that Strapi's forms show beside it. */
export function refuse(fieldErrors: FieldError[]): never {
  const [first] = fieldErrors;
  const said = fieldErrors.length === 1 ? first.said : say('form.several', { count: fieldErrors.length, first: first.said });
  throw refusal(errors.ValidationError, said, {
    errors: fieldErrors.map(({ path, said }) => ({ path: path.map(String), message: inEnglish(said), said, name: 'ValidationError' })),
  });
}

/** An error of Strapi's (`errors.NotFoundError` …) that says this. For a 403 `errors.PolicyError`: of any other, Strapi answers "Forbidden" and no more. */
export const refusal = <E extends Error>(
  Kind: new (message: string, details?: unknown) => E,
  said: Words,
  details: Record<string, unknown> = {},
): E => new Kind(inEnglish(said), { ...details, said });

/** Throws a 409: what is asked for does not go together with how things are now. */
export const conflict = (ctx: { throw(status: 409, message: string, properties: object): never }, said: Words): never =>
  ctx.throw(409, inEnglish(said), { details: { said } });
