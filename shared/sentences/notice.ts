export const notice = {
  'notice.which': 'Name notices by their ids, or a ticket, or say all.',
  'notice.hour': 'Give an hour from 0 to 23.',
} as const;
