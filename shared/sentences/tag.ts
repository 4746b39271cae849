export const tag = {
  'tag.taken': 'There is a tag of this name already.',
  'tag.gone': 'There is no such tag, or not any more.',
  'tag.noTicket': 'There is no ticket to tag: an action that opens or finds one has to come first.',
  'tag.goneInRule': 'A tag that this rule sets is not there any more.',
  'tag.noSuchName': 'The rule names a tag that is not there.',
  'tag.chooseOne': 'Choose at least one tag.',
  'tag.chooseColour': 'Choose one of the colours.',
} as const;
