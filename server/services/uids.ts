/** The content types of the plugin by their uid. */
export const UID = {
  scanner: 'plugin::mail-scanner.scanner',
  folderState: 'plugin::mail-scanner.folder-state',
  rule: 'plugin::mail-scanner.rule',
  message: 'plugin::mail-scanner.message',
  ticket: 'plugin::mail-scanner.ticket',
  comment: 'plugin::mail-scanner.comment',
  contact: 'plugin::mail-scanner.contact',
  account: 'plugin::mail-scanner.account',
  tag: 'plugin::mail-scanner.tag',
  activity: 'plugin::mail-scanner.activity',
  attachment: 'plugin::mail-scanner.attachment',
  cannedReply: 'plugin::mail-scanner.canned-reply',
  emailTemplate: 'plugin::mail-scanner.email-template',
  trigger: 'plugin::mail-scanner.trigger',
  delivery: 'plugin::mail-scanner.delivery',
  authorization: 'plugin::mail-scanner.authorization',
} as const;
