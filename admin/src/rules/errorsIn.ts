/** Every message in the errors of a part of a form, however deep. */
export function errorsIn(errors: unknown): string[] {
  if (typeof errors === 'string') return [errors];
  if (Array.isArray(errors)) return [...new Set(errors.flatMap(errorsIn))];
  if (typeof errors !== 'object' || errors === null) return [];
  const { defaultMessage } = errors as { defaultMessage?: unknown };
  if (typeof defaultMessage === 'string') return [defaultMessage];
  return [...new Set(Object.values(errors).flatMap(errorsIn))];
}
