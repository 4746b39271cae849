import type { Step } from './types';

/** What a list hands on in its own name is its author's. Nothing proves who that is: the list's server vouches for the list alone. */
export const listAuthor: Step = {
  name: 'listAuthor',
  decide(context) {
    const { message, ownAddresses } = context;
    const { from, list, identity } = message;
    const isListsName = list !== null && from !== null && (list.isInFrom || ownAddresses.has(from.address));
    if (!isListsName || list.author === null || ownAddresses.has(list.author.address)) return null;
    const unproven = identity === 'proven' ? 'unknown' : identity;
    context.message = { ...message, from: list.author, list: { ...list, isInFrom: true }, identity: unproven };
    return null;
  },
};
