/** The first and the last moment of a day in the administrator's time zone, as the server wants moments. */
export const startOfDay = (date: Date | undefined): string | undefined =>
  date ? new Date(new Date(date).setHours(0, 0, 0, 0)).toISOString() : undefined;
export const endOfDay = (date: Date | undefined): string | undefined =>
  date ? new Date(new Date(date).setHours(23, 59, 59, 999)).toISOString() : undefined;

/**
 * The day of a moment in the administrator's time zone, as the DatePicker of the Design System wants it. It gives a day as local midnight, but reads its value in UTC:
 * a value that is handed back as it came would be a day earlier east of Greenwich, each time the field is left.
 */
export function shownDay(moment: string | undefined): Date | undefined {
  if (!moment) return undefined;
  const date = new Date(moment);
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
}
