import { redact } from '../lib/redact';
import { type Said, say } from '../../../shared/sentences/words';
import { SendError, type OutgoingServer, type SentMail } from './transport';

/** What an outgoing server, or the way to it, says against a mail, in words for an administrator. */

/** What nodemailer puts on its errors. */
export interface SmtpFailure extends Error {
  code?: string;
  /** The system's code beneath `code`, such as ECONNREFUSED. */
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: SmtpFailure[];
}

/** RFC 4954 §6: the session lacks a login, or the login failed. */
const LOGIN_CODES = [530, 534, 535, 538];

const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

interface Explanation {
  permanent: boolean;
  loginRefused?: true;
  fits(failure: SmtpFailure): boolean;
  words(server: OutgoingServer, what: string): Said;
}

const place = ({ host, port }: OutgoingServer) => `${host}:${port}`;
const isCode =
  (...codes: string[]) =>
  ({ code, originalCode }: SmtpFailure) =>
    codes.includes(code ?? '') || codes.includes(originalCode ?? '');
const isLoginCode = ({ responseCode }: SmtpFailure) => LOGIN_CODES.includes(responseCode ?? 0);

/** The first that fits explains the failure. */
const EXPLANATIONS: Explanation[] = [
  {
    permanent: false,
    fits: ({ code = '', originalCode = '' }) => CERTIFICATE_CODES.test(originalCode) || CERTIFICATE_CODES.test(code),
    words: ({ host }, what) => say('outgoing.certificate', { host, what }),
  },
  {
    permanent: false,
    fits: (failure) => isCode('ETLS')(failure) || (!failure.responseCode && /wrong version number|SSL routines/.test(failure.message)),
    words: (server) => say('outgoing.noTls', { place: place(server) }),
  },
  {
    permanent: false,
    // RFC 4954 §6 has 538 for it, but 530 is used as well.
    fits: ({ responseCode, response = '' }) => responseCode === 538 || (responseCode === 530 && /STARTTLS|encrypt/i.test(response)),
    words: ({ host }) => say('outgoing.wantsTls', { host }),
  },
  {
    permanent: false,
    loginRefused: true,
    fits: (failure) => isCode('EAUTH', 'ENOAUTH', 'EOAUTH2')(failure) || isLoginCode(failure),
    words: ({ host, credential }) =>
      credential?.type === 'accessToken' ? say('outgoing.tokenRefused', { host }) : say('outgoing.loginRefused', { host }),
  },
  {
    permanent: true,
    fits: ({ rejectedErrors }) => rejectedErrors !== undefined && rejectedErrors.length > 0 && rejectedErrors.every(isPermanent),
    words: () => say('outgoing.everyRecipient'),
  },
  { permanent: true, fits: isPermanent, words: () => say('outgoing.refused') },
  {
    permanent: true,
    fits: ({ code, responseCode }) => !responseCode && (code === 'EENVELOPE' || code === 'EMESSAGE'),
    words: (_, what) => say('outgoing.cannotBeSent', { what }),
  },
  {
    permanent: false,
    fits: ({ responseCode }) => responseCode !== undefined,
    words: () => say('outgoing.notNow'),
  },
  {
    permanent: false,
    fits: isCode('EDNS', 'ENOTFOUND', 'EAI_AGAIN'),
    words: ({ host }) => say('outgoing.noHost', { host }),
  },
  {
    permanent: false,
    fits: isCode('ECONNREFUSED'),
    words: (server) => say('outgoing.noAnswer', { place: place(server) }),
  },
  {
    permanent: false,
    fits: isCode('ETIMEDOUT'),
    words: (server) => say('outgoing.timeout', { place: place(server) }),
  },
];

/** `wasWhole`: the server had all of the mail before this happened. */
export function toSendError(failure: SmtpFailure, server: OutgoingServer, wasWhole: boolean): SendError {
  const explanation = EXPLANATIONS.find(({ fits }) => fits(failure));
  const words = explanation?.words(server, withoutSecrets(failure.message, server)) ?? say('outgoing.broke', { place: place(server) });
  const response = failure.response ? withoutSecrets(failure.response, server) : null;
  // What it answers is about the mail: it has refused it.
  const mayHaveLeft = wasWhole && failure.responseCode === undefined;
  const said = [words, response ? say('outgoing.said', { response }) : '', ...(mayHaveLeft ? [say('outgoing.mayHaveLeft')] : [])];
  return new SendError(said, explanation?.permanent ?? false, response, explanation?.loginRefused, mayHaveLeft);
}

/** A 5yz that is about this mail. One that meets the connection (greeting, EHLO) would meet every mail, until it is gone. */
function isPermanent({ responseCode = 0, command = '' }: SmtpFailure): boolean {
  const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command);
  return aboutThisMail && responseCode >= 500 && responseCode !== 503 && !LOGIN_CODES.includes(responseCode);
}

export function toRejection(failure: SmtpFailure, server: OutgoingServer): SentMail['rejected'][number] {
  const response = withoutSecrets(failure.response ?? failure.message, server);
  return { address: failure.recipient ?? '', response, permanent: isPermanent(failure) };
}

/** A server may repeat what it was given. */
export function withoutSecrets(text: string, { credential }: OutgoingServer): string {
  return redact(text, [credential?.type === 'password' ? credential.password : credential?.accessToken]);
}
