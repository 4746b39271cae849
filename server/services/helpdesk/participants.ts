import { isAddress } from '../../../shared/address';

/** As many people as a ticket keeps: ten thousand recipients are no conversation. */
export const MAX_PARTICIPANTS = 50;

/** The addresses of the people who take part in a ticket besides its contact, as its row has them: JSON, which a site may have written, or nothing. */
export const participantsOf = ({ participants }: { participants?: unknown }): string[] =>
  Array.isArray(participants) ? participants.filter((address) => typeof address === 'string' && isAddress(address)) : [];
