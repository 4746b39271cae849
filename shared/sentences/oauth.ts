export const oauth = {
  'oauth.notSetUp': '{provider} is not set up: enter client id and secret in the settings of the provider.',
  'oauth.endless': '{host} answers with more than a provider has to say. Check the issuer in the settings of the provider.',
  'oauth.inConfig': '{provider} is set up in config/plugins. Change it there.',
  'oauth.inUse': 'This authorization is used by {users}. Select another one there first.',
  'oauth.noApplication': 'This provider has no application permission: start a sign-in instead.',
  'oauth.mailboxAddress': 'Enter the address of the mailbox that the application may open.',
  'oauth.ended': 'This authorization has ended. Authorise it again.',
  'oauth.tokensGone': 'The tokens of {account} are not here; an import does not bring them along. Authorise it again.',
  'oauth.noApplicationHere': 'This provider has no application permission. Authorise an account instead.',
  'oauth.gone': 'The authorization is not there any more. Choose another one, or make a new one.',
  'oauth.mailHost':
    '{host} is no mail server of {provider}, and gets no access to its accounts. Choose one of {hosts}, or sign in with a password.',
  'oauth.renewing': 'Another instance is renewing this authorization and takes very long. It is tried again.',
  'oauth.secretExpired':
    'The client secret of the app registration has expired. Create a new one at {provider} and enter it in the settings of the provider.',
  'oauth.enterClientId': 'Enter the client id of the application registered at the provider.',
  'oauth.enterSecret': 'Enter the secret of the application registered at the provider.',
  'oauth.enterTenant': 'Enter the tenant’s id or domain, such as contoso.com.',
  'oauth.enterOption': 'Enter what the provider’s documentation names.',
  'oauth.enterIssuer': 'Enter an address that begins with https://.',
  'oauth.secretWrong': 'The client secret is wrong. Enter the secret’s value, not its id, in the settings of the provider.',
  'oauth.certificate':
    'The certificate is not the one of the app registration, or has expired. Upload it there, or configure the right one.',
  'oauth.noClient': 'There is no app registration with this client id in this tenant. Check both in the settings of the provider.',
  'oauth.tenant': 'The tenant is not right. Enter the tenant’s id or domain in the settings of the provider.',
  'oauth.refused': '{provider} refuses this application. Check client id, secret and permissions in the settings of the provider.',
  'oauth.cancelled':
    'The authorization was cancelled, or the administrator of the organisation has to consent to it first. Start it again.',
  'oauth.revoked':
    '{provider} no longer accepts this authorization: it was revoked, has expired, or the password was changed. Authorise it again.',
  'oauth.outOfOrder':
    '{provider} cannot be reached at the moment, or is out of order. Nothing needs to be done unless it lasts; it is tried again.',
  'oauth.noAccount': 'The saved authorization holds no account. Authorise it again.',
  'oauth.noToken': 'Microsoft answered without a token. It is tried again.',
  'oauth.notGranted': 'Microsoft did not grant {permissions}. Add these permissions to the app registration, and authorise again.',
  'oauth.otherAnswer': 'The answer does not belong to the sign-in that was started here. Start it again.',
  'oauth.noRefresh':
    'The provider gave no refresh token, so the connection would end within the hour. Add offline_access to the scopes, or allow offline access in the provider’s settings.',
  'oauth.notStarted': 'This sign-in was not started here, took longer than ten minutes, or was finished before. Start it again.',
  'oauth.otherBrowser': 'This sign-in was begun in another browser.',
  'oauth.openThere': 'Open the panel at {address} and connect the account there.',
  'oauth.noAddress': 'The provider did not tell whose account this is. Add "email" to the scopes.',
  'oauth.says': '{provider} says: "{words}"',
  'oauth.mailOnly':
    'This account was connected for IMAP, POP3 and SMTP only. Connect it once more for Microsoft Graph; what uses it goes on meanwhile.',
  'oauth.graphOnly':
    'This account was connected for Microsoft Graph only. Connect it once more for IMAP, POP3 and SMTP; what uses it goes on meanwhile.',
  'oauth.consent':
    'Nobody has consented to these permissions yet, or only an administrator of the organisation may. Have them granted in Entra, and authorise again.',
} as const;
