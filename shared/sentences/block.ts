export const block = {
  'block.caught': 'The sender is on the block list ({target}).',
  'block.noTarget': '“{target}” is neither an address nor a domain. Write jane@example.com or @example.com.',
  'block.empty': 'Enter at least one address or domain.',
  'block.most': 'At most 500 at once.',
  'block.noteTooLong': 'At most 500 characters.',
  'block.registry': '@{domain} is no domain of one sender. Write the whole domain, such as @example.com.',
  'block.public': 'Anybody may have an address at {domain}. Block single addresses there.',
  'block.own': '{target} would block this helpdesk itself: {address} is read or sent from here.',
  'block.agent': '{target} would block an administrator of this site.',
  'block.staff': '{target} would block a domain of your staff, as Additional Settings has it.',
  'block.gone': 'This entry is not on the block list any more.',
} as const;
