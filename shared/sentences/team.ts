export const team = {
  'team.taken': 'There is a team of this name already.',
  'team.gone': 'There is no such team, or not any more.',
  'team.noPerson': 'Somebody of the team is not here any more. Load the page again.',
} as const;
