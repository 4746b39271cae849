export const status = {
  'status.name': 'Give the status a name.',
  'status.taken': 'There is a status of this name already.',
  'status.gone': 'There is no such status, or not any more.',
  'status.off': 'This status is switched off. Choose another one.',
  'status.chooseKind': 'Choose what the status means.',
  'status.kindStays': 'What a status means stays as it is. Make another one.',
} as const;
