export const privacy = {
  'privacy.erased': 'Its sender had all data deleted.',
  'privacy.fileGone': 'This file is not in the private folder any more.',
} as const;
