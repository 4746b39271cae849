import type { Step } from './types';

/** What is marked like our emails and is none of them comes from another desk with this plugin: people write there, as they do here. */
export const otherDesk: Step = {
  name: 'otherDesk',
  decide(context) {
    const { automatic } = context.message;
    const isPersons = automatic?.kind === 'own' && automatic.reasons.every((reason) => reason === 'own-header');
    if (isPersons) context.message = { ...context.message, automatic: null };
    return null;
  },
};
