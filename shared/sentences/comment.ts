export const comment = {
  'comment.tooManyRecipients': 'These are more recipients than an email has.',
} as const;
