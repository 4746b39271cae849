import type { ScannerInput } from '../../api/scanners';
import type { TextKey } from '../hooks/useText';

/** How somebody signs in to a mail server: with a password, or with an account of one of the providers. */
export type AuthType = ScannerInput['authType'];

export const AUTH_TYPES: Record<AuthType, TextKey> = {
  password: 'scanner.authPassword',
  microsoft: 'scanner.authMicrosoft',
  google: 'scanner.authGoogle',
  oidc: 'scanner.authOidc',
};
