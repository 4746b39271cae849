import type { TagColour, TicketStatus } from '../vocabulary';

/** A status of the site's own as a ticket has it. */
export interface OwnStatus {
  documentId: string;
  name: string;
  colour: TagColour;
  /** The status that a ticket with it has for all that the plugin does. */
  kind: TicketStatus;
}

/** The same as people keep it, in their order. */
export interface KeptStatus extends OwnStatus {
  /** False: no ticket gets it any more, and those that have it keep it. */
  active: boolean;
}

export type OwnStatusInput = Omit<KeptStatus, 'documentId'>;
