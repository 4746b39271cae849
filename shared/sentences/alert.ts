export const alert = {
  'alert.most': 'At most 20 addresses.',
  'alert.addresses': 'Enter email addresses, with commas between them.',
  'alert.url': 'Enter a URL that begins with https://.',
  'alert.ownAddress': '{address}: this mailbox is scanned or sent from. Give an address that works without it.',
  'alert.noOutgoing': 'Outgoing mail is not set up.',
  'alert.noUrl': 'The webhook has no URL. Enter it again.',
  'alert.unreachable': '{host} could not be reached ({code}).',
  'alert.status': '{host} answered with status {status}.',
  'alert.own': 'An alert of this mail scanner.',
} as const;
