import { say, type Words } from '../../../shared/sentences/words';
import { redact } from '../lib/redact';
import { SpokenError } from '../lib/spoken-error';

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
  | 'broken'
  | 'conflict'
  | 'exists'
  | 'stateLost'
  | 'query'
  | 'ours'
  | 'hostRefused'
  | 'unreachable';

/** Why Microsoft Graph did not do what was asked, in words for an administrator. Never with a token. */
export class GraphError extends SpokenError {
  constructor(
    readonly trouble: GraphTrouble,
    said: Words,
    /** 0 where no answer came. */
    readonly status: number,
    /** Graph's own code, such as `ErrorAccessDenied`; '' where it gave none. */
    readonly code: string,
    /** True when the request may have been carried out all the same: the answer was lost, or came from a gateway that gave up waiting. */
    readonly maybeDone: boolean,
  ) {
    super(said);
    this.name = 'GraphError';
  }

  /** True when the same request may be taken later, without anybody doing anything. */
  get passing(): boolean {
    return ['throttled', 'away', 'unreachable'].includes(this.trouble);
  }
}

/** An answer that is no success. */
interface RefusedAnswer {
  status: number;
  body: Buffer;
}

interface Said {
  status: number;
  code: string;
  message: string;
  requestId: string;
}

interface ErrorRule {
  trouble: GraphTrouble;
  fits(said: Said): boolean;
  words(mailbox: string): Words;
}

const isCode =
  (...codes: string[]) =>
  ({ code }: Said) =>
    codes.some((each) => each.toLowerCase() === code.toLowerCase());
const isStatus =
  (...statuses: number[]) =>
  ({ status }: Said) =>
    statuses.includes(status);

const noAccess = (mailbox: string): Words => say('graph.noAccess', { mailbox });

/** The first that fits. Codes come before statuses: Graph gives the same code with several. */
const RULES: ErrorRule[] = [
  {
    trouble: 'sendAs',
    fits: isCode('ErrorSendAsDenied'),
    words: (mailbox) => say('graph.sendAs', { mailbox }),
  },
  {
    trouble: 'mailbox',
    // Some answers spell it with Error before it.
    fits: ({ code }) => /Mailbox(NotEnabled|NotSupported)ForRESTAPI/i.test(code),
    words: (mailbox) => say('graph.noMailboxHere', { mailbox }),
  },
  {
    trouble: 'mailbox',
    fits: isCode('ErrorInvalidUser', 'Request_ResourceNotFound', 'ResourceNotFound', 'ErrorNonExistentMailbox'),
    words: (mailbox) => say('graph.unknownMailbox', { mailbox }),
  },
  {
    trouble: 'token',
    fits: isStatus(401),
    words: (mailbox) => say('graph.login', { mailbox }),
  },
  {
    trouble: 'access',
    fits: ({ code, message, status }) => status === 403 && /insufficient_claims/i.test(`${code} ${message}`),
    words: (mailbox) => say('graph.conditional', { mailbox }),
  },
  {
    trouble: 'access',
    fits: ({ message, status }) => status === 403 && /Access to OData is disabled/i.test(message),
    words: (mailbox) => say('graph.policy', { mailbox }),
  },
  {
    trouble: 'limit',
    fits: isCode('ErrorExceededMessageLimit', 'ErrorMessageSubmissionBlocked', 'ErrorQuotaExceeded', 'ErrorSubmissionQuotaExceeded'),
    words: (mailbox) => say('graph.limit', { mailbox }),
  },
  {
    trouble: 'access',
    fits: isCode('ErrorAccessDenied', 'Authorization_RequestDenied', 'AccessDenied'),
    words: noAccess,
  },
  {
    trouble: 'gone',
    fits: isCode('ErrorItemNotFound', 'ErrorCannotDeleteObject', 'ErrorFolderNotFound'),
    words: (mailbox) => say('graph.gone', { mailbox }),
  },
  { trouble: 'broken', fits: isCode('ErrorContentConversionFailed'), words: (mailbox) => say('graph.broken', { mailbox }) },
  // By its code: the status is 409 at some, 400 at others.
  { trouble: 'exists', fits: isCode('ErrorFolderExists'), words: (mailbox) => say('graph.folderExists', { mailbox }) },
  {
    trouble: 'stateLost',
    fits: ({ status, code }) => status === 410 || /^(SyncStateNotFound|SyncStateInvalid|ResyncRequired|InvalidSyncStateData)$/i.test(code),
    words: (mailbox) => say('graph.stateLost', { mailbox }),
  },
  { trouble: 'conflict', fits: (said) => isStatus(409, 412)(said), words: (mailbox) => say('graph.conflict', { mailbox }) },
  // What we leave out then, for one who knows less.
  {
    trouble: 'query',
    fits: isCode(
      'InefficientFilter',
      'ErrorRestrictionTooComplex',
      'ErrorInvalidUrlQuery',
      'ErrorInvalidUrlQueryFilter',
      'ErrorUnsupportedPropertyDefinition',
    ),
    words: (mailbox) => say('graph.ours', { mailbox }),
  },
  {
    trouble: 'tooLarge',
    fits: (said) => isStatus(413)(said) || isCode('ErrorMessageSizeExceeded')(said),
    words: () => say('graph.tooLarge'),
  },
  {
    trouble: 'recipients',
    fits: isCode('ErrorInvalidRecipients'),
    words: () => say('graph.recipients'),
  },
  {
    trouble: 'throttled',
    fits: (said) => isStatus(429, 509)(said) || isCode('ApplicationThrottled', 'TooManyRequests')(said),
    words: (mailbox) => say('graph.throttled', { mailbox }),
  },
  { trouble: 'access', fits: isStatus(403), words: noAccess },
  { trouble: 'gone', fits: isStatus(404), words: (mailbox) => say('graph.gone', { mailbox }) },
  // A refusal without a word is a gateway's.
  {
    trouble: 'away',
    fits: ({ status, code }) => status >= 500 || status === 408 || code === '' || isCode('UnknownError')({ code } as Said),
    words: (mailbox) => say('graph.away', { mailbox }),
  },
];

/** Nothing that people can mend: the request itself was not to Graph's liking. */
const FALLBACK = {
  trouble: 'ours' as const,
  words: (mailbox: string) => say('graph.ours', { mailbox }),
};

/** Puts a refusal into words. 5xx answers may come after the work was done. */
export function graphErrorFrom(answer: RefusedAnswer, mailbox: string, secrets: readonly string[]): GraphError {
  const said = readAnswer(answer);
  const { trouble, words } = RULES.find(({ fits }) => fits(said)) ?? FALLBACK;
  const quoted = redact([said.code, said.message].filter(Boolean).join(': '), secrets);
  const request = said.requestId ? ` (request ${said.requestId})` : '';
  const answered = say('graph.answered', { words: `${said.status}${quoted ? ` ${quoted}` : ''}${request}` });
  return new GraphError(trouble, [words(mailbox), answered], said.status, said.code, said.status >= 500 && trouble !== 'throttled');
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
