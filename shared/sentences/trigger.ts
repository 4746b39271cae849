export const trigger = {
  'trigger.name': 'Give the time trigger a name.',
  'trigger.state': 'Choose what the time trigger waits for.',
  'trigger.importFormat': 'This is no file of exported time triggers, or it has more than 200 of them.',
  'trigger.minutes': 'Enter how long: a whole number, from one minute to ten years.',
  'trigger.noAction': 'An active time trigger needs at least one action.',
  'trigger.needsEmail': 'The action "{action}" needs an email: a time trigger has none.',
} as const;
