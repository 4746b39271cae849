export const storage = {
  'storage.folderNotWritable':
    'The private folder of the mail scanner cannot be written ({code}). Check that it is a folder that Strapi may write to.',
  'storage.goesOn': 'Nothing is lost, and the next scan goes on from here.',
  'storage.full': 'The disk is full. Free some space.',
  'storage.databaseNotWritable': 'The database cannot be written. Check its rights and its settings.',
  'storage.databaseGone': 'The database cannot be reached.',
  'storage.databaseBusy': 'The database is busy: it gave no connection, or somebody else has locked a table for long.',
  'storage.wentWrong': 'Something went wrong ({code}).',
  'storage.noKey':
    'Passwords and authorizations cannot be saved: Strapi has no encryption key. Set admin.secrets.encryptionKey (ENCRYPTION_KEY) in config/admin and start again.',
  'storage.otherKey':
    'What is saved to sign in cannot be decrypted: Strapi’s encryption key (admin.secrets.encryptionKey) is missing or has changed. Restore the key, name the one before in previousEncryptionKeys, or enter the password or authorise the account again.',
  'storage.noRecord': 'There is no such record, or not any more.',
} as const;
