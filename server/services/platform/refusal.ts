import { errors } from '@strapi/utils';

export interface FieldError {
  path: (string | number)[];
  message: string;
}

/** Throws a 400 that names each field, in the form that Strapi's forms show beside it. */
export function refuse(fieldErrors: FieldError[]): never {
  const [first] = fieldErrors;
  const message = fieldErrors.length === 1 ? first.message : `${fieldErrors.length} fields need another look: ${first.message}`;
  throw new errors.ValidationError(message, {
    errors: fieldErrors.map(({ path, message }) => ({ path: path.map(String), message, name: 'ValidationError' })),
  });
}
