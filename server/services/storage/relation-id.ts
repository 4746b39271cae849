/** The id in any of the forms in which Strapi takes a relation; null where they name none. */
export function relationId(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return relationId(value.at(-1));
  const { id, set, connect } = value as { id?: unknown; set?: unknown; connect?: unknown };
  if (typeof id === 'number') return id;
  return relationId(set ?? connect ?? null);
}
