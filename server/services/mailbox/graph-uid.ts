/**
 * What stands for a UID where Microsoft Graph is read: the second in which a message came, and its id. Ids are in no order, so positions are
 * moments: a position is such a text without an id. Ids differ by case alone, and may be 220 characters long.
 */

export const uidOf = (receivedDateTime: string | Date, id: string): string => `${secondsOf(receivedDateTime)}.${id}`;

export const positionAt = (seconds: number): string => `${Math.max(0, seconds)}.`;

/** The moment of a UID or a position, in seconds since 1970. */
export const secondOf = (uid: string): number => Number(/^\d+/.exec(uid)?.[0] ?? 0);

export const idOf = (uid: string): string => uid.slice(uid.indexOf('.') + 1);

/** Graph counts whole seconds. */
export const secondsOf = (moment: string | Date): number => Math.floor(new Date(moment).getTime() / 1000) || 0;
