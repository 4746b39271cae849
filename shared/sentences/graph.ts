export const graph = {
  'graph.empty': 'Microsoft Graph cannot serve {mailbox} at the moment. It is tried again. It answered {status} without content.',
  'graph.noPlace': 'Microsoft Graph named no place for an attachment of {mailbox}.',
  'graph.pause': 'Microsoft asks for a pause of {minutes} more min for {mailbox}. It goes on by itself.',
  'graph.connection': 'The connection to {host} for {mailbox} failed ({code}). Check that this server may reach it; it is tried again.',
  'graph.noYes': 'Microsoft Graph did not say whether it took an email of {mailbox}. It answered {status} without content.',
  'graph.sendAs':
    'Microsoft does not let the connected account send as {mailbox}. Give it the right "Send as" on that mailbox in Exchange; it may take an hour until that counts.',
  'graph.noMailboxHere':
    'Microsoft Graph does not reach the mailbox {mailbox}: it is on a server of your own, has no Exchange Online licence, or was deleted. Give it a licence, or use IMAP and SMTP for it.',
  'graph.unknownMailbox':
    "Microsoft knows no mailbox {mailbox} that the connected account may use. Enter the mailbox's main address, and give the account Full Access to it.",
  'graph.login': 'Microsoft Graph refused the login for {mailbox}. If it lasts, authorise the account again.',
  'graph.conditional':
    'A Conditional Access policy of your organisation keeps Microsoft Graph from {mailbox}. Exempt this application, or authorise the account again under the policy.',
  'graph.policy':
    "A policy in Exchange keeps this application from {mailbox}. Add the mailbox to the application's policy or scope; it may take two hours until that counts.",
  'graph.limit':
    'Microsoft takes no more email from {mailbox} for now: its daily limit is reached, its storage is full, or sending is blocked. Look at the mailbox in the Exchange admin centre.',
  'graph.noAccess':
    'Microsoft Graph gives no access to {mailbox}. Check that the permission is granted in Entra, that the account was signed in for Microsoft Graph, and that it has Full Access to that mailbox; a new right may take an hour.',
  'graph.gone': 'What was looked for in {mailbox} is not there any more.',
  'graph.tooLarge': 'Microsoft refuses this email because it is too large.',
  'graph.recipients': 'Microsoft refuses an address that this email goes to. Correct it and send the email again.',
  'graph.throttled': 'Microsoft asks for a pause: too many requests for {mailbox}. It goes on by itself.',
  'graph.foreignLink': 'Microsoft Graph named a page of {mailbox} that is on another server. It was not asked for.',
  'graph.broken': 'Microsoft cannot read back this message of {mailbox}.',
  'graph.folderExists': 'There is a folder of that name in {mailbox} already.',
  'graph.stateLost': 'Microsoft has forgotten what changed in {mailbox}. All is looked at again.',
  'graph.conflict': 'Somebody else changed this message of {mailbox} at the same moment. It is tried again.',
  'graph.notAsked': "Microsoft Graph couldn't be asked for {mailbox}: {what}",
  'graph.reading': 'Another instance is reading {mailbox} just now. It is tried again.',
  'graph.away': 'Microsoft Graph cannot serve {mailbox} at the moment. It is tried again.',
  'graph.ours': 'Microsoft Graph did not understand a request for {mailbox}. Please report this.',
  'graph.busy': 'Another instance is sending from {mailbox} just now. It is tried again.',
  'graph.otherProvider': 'Microsoft Graph needs a Microsoft account. Select one, or send by SMTP.',
  'graph.took': 'Microsoft Graph took the email.',
  'graph.found': 'Microsoft Graph has it among the sent messages.',
  'graph.perhaps': 'Perhaps this email was sent: Microsoft did not say so before the connection broke off.',
  'graph.again': 'It is looked for again before it is sent again.',
  'graph.nowhere': 'Neither its draft nor a copy is in {mailbox}. Ask the recipient, or send it again if it is to leave a second time.',
  'graph.byHand': 'Somebody has sent the draft by hand.',
  'graph.answered': 'It answered {words}',
} as const;
