/** The first and the last moment of a day in the administrator's time zone, as the server wants moments. */
export const startOfDay = (date: Date | undefined): string | undefined =>
  date ? new Date(new Date(date).setHours(0, 0, 0, 0)).toISOString() : undefined;
export const endOfDay = (date: Date | undefined): string | undefined =>
  date ? new Date(new Date(date).setHours(23, 59, 59, 999)).toISOString() : undefined;
