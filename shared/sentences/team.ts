export const team = {
  'team.taken': 'There is a team of this name already.',
  'team.gone': 'There is no such team, or not any more.',
  'team.noPerson': 'Somebody of the team is not here any more. Load the page again.',
  'team.noAdministrator': 'There is no such person, or not any more.',
  'team.ownAbsence': 'Only people who may manage teams can say of others that they are absent.',
  'team.absenceDay': 'A day is written as 2026-12-31.',
  'team.absenceUntil': 'The last day must be today or later, and not before the first.',
} as const;
