import { MailboxError, type MailboxSettings } from './types';

/** How to connect at this moment. Told the access token that the server has just refused, it comes with another one. */
export type SettingsSource = (refusedToken?: string) => Promise<MailboxSettings>;

/** Connects; when the server refuses an access token, once more with another one. Throws what the last attempt threw. */
export async function withFreshToken<T>(settings: SettingsSource, connect: (settings: MailboxSettings) => Promise<T>): Promise<T> {
  const first = await settings();
  try {
    return await connect(first);
  } catch (error) {
    const { credential } = first;
    if (credential.type !== 'accessToken' || !(error instanceof MailboxError && error.code === 'authenticationFailed')) throw error;
    return connect(await settings(credential.accessToken));
  }
}
