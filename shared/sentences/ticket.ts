export const ticket = {
  'ticket.none': 'There is no such ticket, or not any more.',
  'ticket.chooseOne': 'Choose at least one ticket.',
  'ticket.idsOrFilter': 'Give tickets or a filter, not both.',
  'ticket.most': 'At most 100 tickets at a time.',
  'ticket.change': 'Say what is to change.',
  'ticket.write': 'Write something first.',
  'ticket.tie': 'Only people who may see all tickets can set "{field}".',
  'ticket.onlyAssign': 'You may assign tickets but not change them otherwise.',
  'ticket.oneGone': 'One of these tickets is not there any more. Nothing was changed.',
  'ticket.onlyInternal': 'You may write internal notes but not reply to customers.',
  'ticket.mayNotTake': 'You may comment on tickets but not assign them.',
  'ticket.onlyComment': 'You may comment on tickets but not change their status.',
  'ticket.noFile': 'There is no such file, or not any more.',
  'ticket.fileGone': 'The file is not in the private folder any more.',
  'ticket.meanwhile': 'Somebody wrote on this ticket since you opened it. Read that first, or send your answer all the same.',
  'ticket.noPicture': 'This comment has no such picture.',
  'ticket.sourceNotKept': 'The source of this email was not kept. Under Additional Settings, sources of all messages can be kept.',
  'ticket.noMark':
    'There is nothing to take back: a whole list marked as spam is taken back by the person who marked it, within a day and when the change is over.',
  'ticket.noComment': 'There is no such comment, or not any more.',
  'ticket.loop':
    'Very many emails came to this ticket within an hour, the last one from {address}. A machine may be answering a machine. Further ones are kept here, but they do not reopen the ticket.',
  'ticket.descriptionTooLong': 'A description has at most {size} kB. Write the rest as a comment, which takes any length.',
  'ticket.participantsNoAddresses': 'Participants are a list of up to {count} email addresses, such as ["jane@example.com"].',
  'ticket.hiddenContact': 'Only people who may see all tickets can make this person the contact of a ticket.',
  'ticket.gathers':
    '{customer} has opened {count} tickets within an hour. Whatever else comes from there within the hour is gathered in this one.',
} as const;
