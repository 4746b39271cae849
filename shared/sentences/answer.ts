export const answer = {
  'answer.files': 'At most {count} files go with an answer.',
  'answer.noCannedReply': 'There is no such canned reply, or not any more.',
  'answer.onlyPersonal': 'Your role may keep canned replies of your own, not those that everybody has.',
  'answer.emptyFile': 'The file is empty.',
  'answer.fileTooLarge': 'The file is too large: an answer takes files of up to {size}.',
  'answer.nobody': 'Say who gets the answer.',
  'answer.tooMany': 'An answer goes to at most {count} people.',
  'answer.noAddress': '"{address}" is no email address.',
  'answer.ownAddress': '{address} is an address of this helpdesk: the answer would come back as a new message.',
  'answer.onItsWay': 'The email is on its way already. It cannot be taken back.',
  'answer.fileGone': 'A file of this answer is not there any more. Remove it and attach it again.',
  'answer.filesTooLarge':
    'The files have more than {size} MB together. Most mail servers refuse such an email: remove some, or share them in another way.',
  'answer.attachedGone': 'The attached file "{file}" is not in the private folder any more. Bring it back and send the email again.',
  'answer.tooManyUploads': 'You have uploaded {count} files or {size} MB that you have not sent yet. Send or remove some of them first.',
} as const;
