import { redact } from '../lib/redact';

/** What kind of refusal it is: what has to be done about it. */
export type GraphTrouble =
  | 'token'
  | 'access'
  | 'sendAs'
  | 'mailbox'
  | 'throttled'
  | 'away'
  | 'gone'
  | 'tooLarge'
  | 'recipients'
  | 'limit'
  | 'ours'
  | 'hostRefused'
  | 'unreachable';

/** Why Microsoft Graph did not do what was asked, in words for an administrator. Never with a token. */
export class GraphError extends Error {
  constructor(
    readonly trouble: GraphTrouble,
    message: string,
    /** 0 where no answer came. */
    readonly status: number,
    /** Graph's own code, such as `ErrorAccessDenied`; '' where it gave none. */
    readonly code: string,
    /** True when the request may have been carried out all the same: the answer was lost, or came from a gateway that gave up waiting. */
    readonly maybeDone: boolean,
  ) {
    super(message);
    this.name = 'GraphError';
  }

  /** True when the same request may be taken later, without anybody doing anything. */
  get passing(): boolean {
    return ['throttled', 'away', 'unreachable'].includes(this.trouble);
  }
}

/** An answer that is no success. */
export interface RefusedAnswer {
  status: number;
  body: Buffer;
}

interface Said {
  status: number;
  code: string;
  message: string;
  requestId: string;
}

interface Rule {
  trouble: GraphTrouble;
  fits(said: Said): boolean;
  words(mailbox: string): string;
}

const isCode =
  (...codes: string[]) =>
  ({ code }: Said) =>
    codes.some((each) => each.toLowerCase() === code.toLowerCase());
const isStatus =
  (...statuses: number[]) =>
  ({ status }: Said) =>
    statuses.includes(status);

const noAccess = (mailbox: string): string =>
  `Microsoft Graph gives no access to ${mailbox}. Check that the permission is granted in Entra, that the account was signed in for Microsoft Graph, and that it has Full Access to that mailbox; a new right may take an hour.`;

/** The first that fits. Codes come before statuses: Graph gives the same code with several. */
const RULES: Rule[] = [
  {
    trouble: 'sendAs',
    fits: isCode('ErrorSendAsDenied'),
    words: (mailbox) =>
      `Microsoft does not let the connected account send as ${mailbox}. Give it the right "Send as" on that mailbox in Exchange; it may take an hour until that counts.`,
  },
  {
    trouble: 'mailbox',
    // Some answers spell it with Error before it.
    fits: ({ code }) => /Mailbox(NotEnabled|NotSupported)ForRESTAPI/i.test(code),
    words: (mailbox) =>
      `Microsoft Graph does not reach the mailbox ${mailbox}: it is on a server of your own, has no Exchange Online licence, or was deleted. Give it a licence, or use IMAP and SMTP for it.`,
  },
  {
    trouble: 'mailbox',
    fits: isCode('ErrorInvalidUser', 'Request_ResourceNotFound', 'ResourceNotFound', 'ErrorNonExistentMailbox'),
    words: (mailbox) =>
      `Microsoft knows no mailbox ${mailbox} that the connected account may use. Enter the mailbox's main address, and give the account Full Access to it.`,
  },
  {
    trouble: 'token',
    fits: isStatus(401),
    words: (mailbox) => `Microsoft Graph refused the login for ${mailbox}. If it lasts, authorise the account again.`,
  },
  {
    trouble: 'access',
    fits: ({ code, message, status }) => status === 403 && /insufficient_claims/i.test(`${code} ${message}`),
    words: (mailbox) =>
      `A Conditional Access policy of your organisation keeps Microsoft Graph from ${mailbox}. Exempt this application, or authorise the account again under the policy.`,
  },
  {
    trouble: 'access',
    fits: ({ message, status }) => status === 403 && /Access to OData is disabled/i.test(message),
    words: (mailbox) =>
      `A policy in Exchange keeps this application from ${mailbox}. Add the mailbox to the application's policy or scope; it may take two hours until that counts.`,
  },
  {
    trouble: 'limit',
    fits: isCode('ErrorExceededMessageLimit', 'ErrorMessageSubmissionBlocked', 'ErrorQuotaExceeded', 'ErrorSubmissionQuotaExceeded'),
    words: (mailbox) =>
      `Microsoft takes no more email from ${mailbox} for now: its daily limit is reached, its storage is full, or sending is blocked. Look at the mailbox in the Exchange admin centre.`,
  },
  {
    trouble: 'access',
    fits: isCode('ErrorAccessDenied', 'Authorization_RequestDenied', 'AccessDenied'),
    words: noAccess,
  },
  {
    trouble: 'gone',
    fits: isCode('ErrorItemNotFound', 'ErrorCannotDeleteObject', 'ErrorFolderNotFound'),
    words: (mailbox) => `What was looked for in ${mailbox} is not there any more.`,
  },
  {
    trouble: 'tooLarge',
    fits: (said) => isStatus(413)(said) || isCode('ErrorMessageSizeExceeded')(said),
    words: () => 'Microsoft refuses this email because it is too large.',
  },
  {
    trouble: 'recipients',
    fits: isCode('ErrorInvalidRecipients'),
    words: () => 'Microsoft refuses an address that this email goes to. Correct it and send the email again.',
  },
  {
    trouble: 'throttled',
    fits: (said) => isStatus(429, 509)(said) || isCode('ApplicationThrottled', 'TooManyRequests')(said),
    words: (mailbox) => `Microsoft asks for a pause: too many requests for ${mailbox}. It goes on by itself.`,
  },
  { trouble: 'access', fits: isStatus(403), words: noAccess },
  { trouble: 'gone', fits: isStatus(404, 410), words: (mailbox) => `What was looked for in ${mailbox} is not there any more.` },
  // A refusal without a word is a gateway's.
  {
    trouble: 'away',
    fits: ({ status, code }) => status >= 500 || status === 408 || code === '' || isCode('UnknownError')({ code } as Said),
    words: (mailbox) => `Microsoft Graph cannot serve ${mailbox} at the moment. It is tried again.`,
  },
];

/** Nothing that people can mend: the request itself was not to Graph's liking. */
const FALLBACK = {
  trouble: 'ours' as const,
  words: (mailbox: string) => `Microsoft Graph did not understand a request for ${mailbox}. Please report this.`,
};

/** Puts a refusal into words. 5xx answers may come after the work was done. */
export function graphErrorFrom(answer: RefusedAnswer, mailbox: string, secrets: readonly string[]): GraphError {
  const said = readAnswer(answer);
  const { trouble, words } = RULES.find(({ fits }) => fits(said)) ?? FALLBACK;
  const quoted = redact([said.code, said.message].filter(Boolean).join(': '), secrets);
  const request = said.requestId ? ` (request ${said.requestId})` : '';
  const message = `${words(mailbox)} It answered ${said.status}${quoted ? ` ${quoted}` : ''}${request}`;
  return new GraphError(trouble, message, said.status, said.code, said.status >= 500 && trouble !== 'throttled');
}

/** The code and message of `{"error":{…}}`; nothing of it need be there, and gateways send HTML. */
function readAnswer({ status, body }: RefusedAnswer): Said {
  try {
    const { error = {} } = JSON.parse(body.toString('utf8')) ?? {};
    const inner = error.innerError ?? {};
    return {
      status,
      code: text(error.code),
      message: text(error.message),
      requestId: text(inner['request-id'])
        .replace(/[^0-9a-f-]/gi, '')
        .slice(0, 36),
    };
  } catch {
    return { status, code: '', message: '', requestId: '' };
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
