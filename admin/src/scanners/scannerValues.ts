import type { Scanner, ScannerChange, ScannerInput } from '../api/scanners';

/** What the form of a scanner holds. */
export type ScannerValues = ScannerInput & { password: string };

export const NEW_SCANNER: ScannerValues = {
  name: '',
  active: false,
  authType: 'password',
  protocol: 'imap',
  host: '',
  port: 993,
  encryption: 'ssl',
  validateCertificate: true,
  scanType: 'unread',
  username: '',
  password: '',
  mailboxName: '',
  authorization: null,
  scanEvery: 5,
  listen: true,
  scanFrom: null,
  fromAddress: '',
  fromName: '',
  signature: '',
  answersBy: 'outgoingMail',
  customerEmails: null,
  useReplyTo: false,
  authservId: '',
  helpdeskTeam: null,
};

/** What the form edits of a scanner; its password is never here. */
export function valuesOf(scanner: Scanner): ScannerValues {
  const names = Object.keys(NEW_SCANNER) as (keyof ScannerValues)[];
  const known = Object.fromEntries(names.map((name) => [name, scanner[name as keyof ScannerInput] ?? NEW_SCANNER[name]]));
  return {
    ...(known as unknown as ScannerValues),
    authorization: scanner.authorization?.documentId ?? null,
    helpdeskTeam: scanner.helpdeskTeam?.documentId ?? null,
    password: '',
  };
}

/** What a new scanner begins with that is to be like another one. */
export const copyOf = (scanner: Scanner, name: string): ScannerValues => ({ ...valuesOf(scanner), name, active: false });

/** What is sent: an empty password keeps the saved one. */
export function changeOf({ password, ...values }: ScannerValues): ScannerChange {
  // Only a Microsoft account can send by Graph; the choice is not shown for others.
  const answersBy = values.authType === 'microsoft' ? values.answersBy : 'outgoingMail';
  return { ...values, answersBy, ...(password ? { password } : {}) };
}
