/** Where the pages of the helpdesk are. */
export const HELPDESK = '/plugins/mail-scanner';
export const placeOfTicket = (documentId: string): string => `${HELPDESK}/tickets/${documentId}`;
/** The ticket at that message (a documentId), or at its newest one. */
export const placeOfMessage = (ticket: string, comment: string | null): string =>
  comment ? `${placeOfTicket(ticket)}?message=${comment}` : placeOfTicket(ticket);
export const PLACE_OF_NOTICES = `${HELPDESK}/notices`;
export const placeOfContact = (documentId: string): string => `${HELPDESK}/contacts/${documentId}`;
export const placeOfAccount = (documentId: string): string => `${HELPDESK}/accounts/${documentId}`;
