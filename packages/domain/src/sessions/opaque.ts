import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes for whoever holds them, as 43 characters (RFC 4648 §5). */
export const opaque = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. Enough without salt or slowness, since the token is random and long. */
export const fingerprint = (token: string): Buffer => createHash('sha256').update(token).digest()
