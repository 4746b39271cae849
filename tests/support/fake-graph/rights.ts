import type { Mailbox } from './store';

/** Whose token it is, as the login service gave it out. */
export interface Token {
  audience: string;
  /** Names without their resource; `.default` of an application is what `roles` says. */
  scopes: string[];
  /** Null: the application itself. */
  user: string | null;
  /** The mailboxes that a policy leaves an application; null: all of them, as Microsoft has it. */
  applicationMailboxes: string[] | null;
}

interface Refusal {
  status: number;
  code: string;
  message: string;
}

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

/** Why Graph does not let this token do that in this mailbox; null where it does. */
export function refusalFor(token: Token, mailbox: Mailbox | undefined, wanted: 'Mail.ReadWrite' | 'Mail.Send'): Refusal | null {
  if (!mailbox) return refusal(404, 'ErrorInvalidUser', 'The requested user is invalid.');
  if (mailbox.refusal)
    return refusal(mailbox.refusal.status, mailbox.refusal.code, 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.');
  if (token.user === null) {
    if (token.applicationMailboxes && !token.applicationMailboxes.includes(mailbox.address))
      return refusal(403, 'ErrorAccessDenied', 'Access to OData is disabled.');
    return token.scopes.includes(wanted) ? null : refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  }
  const isOwn = token.user === mailbox.address;
  if (!isOwn && !mailbox.fullAccess.includes(token.user))
    return refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  const scope = isOwn ? wanted : `${wanted}.Shared`;
  if (!token.scopes.includes(scope)) return refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  if (wanted === 'Mail.Send' && !isOwn && !mailbox.sendAs.includes(token.user))
    return refusal(
      403,
      'ErrorSendAsDenied',
      'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
    );
  return null;
}
