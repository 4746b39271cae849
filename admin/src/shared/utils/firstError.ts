/** The first sentence of an error: that of a list or of an object stands at one of its parts. */
export const firstError = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return error as string | undefined;
  return Object.values(error).map(firstError).find(Boolean);
};
