/** Where the pages of the helpdesk are. */
export const HELPDESK = '/plugins/mail-scanner';
export const placeOfTicket = (documentId: string): string => `${HELPDESK}/tickets/${documentId}`;
export const placeOfContact = (documentId: string): string => `${HELPDESK}/contacts/${documentId}`;
export const placeOfAccount = (documentId: string): string => `${HELPDESK}/accounts/${documentId}`;
