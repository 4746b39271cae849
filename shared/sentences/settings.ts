export const settings = {
  'settings.noLimit': 'Enter a number, or 0 for no limit.',
} as const;
