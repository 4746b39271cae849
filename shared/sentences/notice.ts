export const notice = {
  'notice.which': 'Name notices by their ids, or a ticket, or say all.',
  'notice.own': 'It tells an administrator of this site something.',
  'notice.answeredByMachine': 'A machine answers what this site wrote to its own people.',
  'notice.digestDays': 'Choose at least one day.',
  'notice.digestTime': 'A time is four digits: 08:30.',
  'notice.digestZone': 'This is no time zone. Take a name such as Europe/Helsinki.',
} as const;
