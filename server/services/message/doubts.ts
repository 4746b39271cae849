/** Why mailparser was asked, and that its reading was taken: sentences for the ledger. */
export const doubts = {
  refused: 'Our reader refused this message; mailparser read it.',
  noSender: 'Our reader found no sender; mailparser read this message.',
  noText: 'Our reader found no text; mailparser read this message.',
  headersBreakOff: 'Our reader found headers that break off; mailparser read this message.',
  partsBreakOff: 'Our reader found parts that break off; mailparser read this message.',
} as const;

export type Doubt = (typeof doubts)[keyof typeof doubts];

/** Whether this sentence says that mailparser read the message. */
export const namesSecondReader = (warning: string): boolean => Object.values(doubts).some((doubt) => doubt === warning);
