import { hash, type Options, verify } from '@node-rs/argon2'
import { boundedTurns } from './bounded-turns.ts'

/** RFC 9106 with the memory and passes that OWASP's Password Storage Cheat Sheet gives for argon2id. */
const PARAMETERS = {
  algorithm: 2, // argon2id; the library's enum does not survive type stripping
  memoryCost: 19_456, // KiB
  timeCost: 2,
  parallelism: 1,
  outputLen: 32,
} satisfies Options

/** Each takes a core for some 30 ms and 19 MiB: a flood of sign-ins must not take the process with it. */
const HASHES_AT_ONCE = 2
const HASHES_WAITING = 64
const turn = boundedTurns(HASHES_AT_ONCE, HASHES_WAITING)

/** Two ways of typing the same characters are one password (RFC 8265 §4.2.2). */
const prepared = (password: string) => password.normalize('NFC')

/** @throws ParleyError('too_many') when too many are waiting already */
export const hashPassword = (password: string): Promise<string> =>
  turn(() => hash(prepared(password), PARAMETERS))

/** Of a password that nobody has: who is not there takes as long as who is. */
let nobodys: Promise<string> | undefined

/** Takes the same time when there is nothing to compare with, and is then false. */
export const verifyPassword = (stored: string | null, password: string): Promise<boolean> =>
  turn(async () => {
    nobodys ??= hash('nobody', PARAMETERS)
    const against = stored ?? (await nobodys)
    return (await verify(against, prepared(password))) && stored !== null
  })
