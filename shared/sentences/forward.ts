export const forward = {
  'forward.nothing': 'Choose what is to be forwarded, or write something.',
  'forward.customer': '{address} is the customer of this ticket: write an answer instead.',
  'forward.noMessage': 'A chosen message is not in this ticket any more. Reload the page and choose again.',
  'forward.notFromOutside': 'Only what people outside answered to a forwarded message of this ticket can be shown. Reload the page.',
  'forward.tooMany': 'At most {count} messages are forwarded at once.',
  'forward.tooMuch': 'The chosen messages have too much text for one email. Forward fewer at once.',
  'forward.noSender': 'Nothing can be forwarded: outgoing mail has no sender yet. Somebody has to set it up in the settings.',
  'forward.off': 'Forwarding is switched off: the email template "Forwarded message" is not active.',
} as const;
