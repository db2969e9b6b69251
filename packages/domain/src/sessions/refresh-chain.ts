import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Id } from '@parley/protocol'
import { opaque } from './opaque.ts'

/**
 * Refresh tokens of one session form a chain: each is made from the one before, under a key that only we have.
 *
 * 1. A refresh repeated after a lost answer, or by a second tab, gets the same next token as the first time.
 *    Nobody else can make the next token from a stolen one, nor any token from what is stored (a hash).
 * 2. A token ends in a seal over the rest, so that an old link of the chain is told from a guess: only what was
 *    once ours may end a session.
 *
 * A token reads `session.secret.seal`.
 */
export function firstRefresh(key: KeyObject, session: Id): string {
  return sealed(key, session, opaque())
}

export function nextRefresh(key: KeyObject, token: string): string {
  const session = token.slice(0, token.indexOf('.'))
  return sealed(key, session, derive(key, 'next', token).toString('base64url'))
}

/** The access token that goes with a refresh token. */
export const accessOf = (key: KeyObject, refresh: string): string =>
  derive(key, 'access', refresh).toString('base64url')

/** The session that a token belongs or once belonged to; null when it was never ours. */
export function sessionOf(key: KeyObject, token: string): Id | null {
  const [, session, secret, seal] = /^(\d{1,19})\.([\w-]{43})\.([\w-]{22})$/.exec(token) ?? []
  if (!session || !secret || !seal) return null
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(key, session, secret))) ? session : null
}

const sealed = (key: KeyObject, session: Id, secret: string) =>
  `${session}.${secret}.${sealOf(key, session, secret)}`

/** 128 bits of it are enough to tell ours from a guess. */
const sealOf = (key: KeyObject, session: Id, secret: string) =>
  derive(key, 'seal', `${session}.${secret}`).subarray(0, 16).toString('base64url')

const derive = (key: KeyObject, purpose: 'next' | 'access' | 'seal', text: string) =>
  createHmac('sha256', key).update(`${purpose} ${text}`).digest()
