export const notice = {
  'notice.which': 'Name notices by their ids, or a ticket, or say all.',
} as const;
