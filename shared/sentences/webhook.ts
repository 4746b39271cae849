export const webhook = {
  'webhook.name': 'Give the webhook a name.',
  'webhook.choose': 'Choose a webhook.',
  'webhook.headers': 'Enter at most 10 headers, each a name and a value of plain characters, such as Authorization: Bearer abc.',
  'webhook.ownHeader': 'The header {name} is set by the mail scanner itself.',
  'webhook.secret': 'A secret is whsec_ and 24 to 64 random bytes in base64. Let the panel make one.',
  'webhook.gone': 'The webhook that was to be called is not there any more. Choose another one in the rule.',
  'webhook.imported': 'The imported actions call webhooks that are not there. Choose others.',
  'webhook.noTarget': 'The webhook has no URL here. Enter it again.',
  'webhook.old': 'No webhook was called: the email is older than three days.',
} as const;
