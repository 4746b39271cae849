import { type Said, say } from '../../../shared/sentences/words';

/** Why mailparser was asked, and that its reading was taken: sentences for the ledger. */
export const doubts = {
  refused: say('message.secondRefused'),
  noSender: say('message.secondNoSender'),
  noText: say('message.secondNoText'),
  headersBreakOff: say('message.secondHeaders'),
  partsBreakOff: say('message.secondParts'),
} as const;

export type Doubt = (typeof doubts)[keyof typeof doubts];

/** Whether this sentence says that mailparser read the message. */
export const namesSecondReader = ({ code }: Said): boolean => Object.values(doubts).some((doubt) => doubt.code === code);
