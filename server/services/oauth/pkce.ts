import { createHash, randomBytes } from 'node:crypto';

/** A code verifier of 256 random bits (RFC 7636 §4.1). */
export const createVerifier = (): string => randomBytes(32).toString('base64url');

/** Its S256 challenge (RFC 7636 §4.2). */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
