export const engine = {
  'engine.worked': 'It is being tried again already, or worked meanwhile.',
  'engine.ended': 'The process that did it ended before it was done, again and again.',
} as const;
