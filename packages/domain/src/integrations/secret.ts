import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * Secrets that programs hold: `parley_`, 256 random bits and a checksum, all of it letters and digits. The prefix is what
 * secret scanners look for in code and logs, the checksum is how they, and we, tell a secret from what only looks like one
 * without asking the database. It guards against nothing else.
 */
const PREFIX = 'parley_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** As many base-62 digits as 256 and 32 bits need. */
const RANDOM_LENGTH = 43
const CHECKSUM_LENGTH = 6
const SHAPE = new RegExp(`^${PREFIX}([0-9A-Za-z]{${RANDOM_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`)

export function newSecret(): string {
  const random = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_LENGTH)
  return PREFIX + random + checksum(random)
}

/** Whether it may be one of ours at all. */
export function isSecret(text: string): boolean {
  const [, random, sum] = SHAPE.exec(text) ?? []
  return random !== undefined && checksum(random) === sum
}

/** The last digits, by which people tell their tokens apart. */
export const hintOf = (secret: string): string => secret.slice(-4)

const checksum = (text: string): string => base62(BigInt(crc32(text)), CHECKSUM_LENGTH)

function base62(number: bigint, length: number): string {
  let rest = number
  let text = ''
  for (let i = 0; i < length; i++) {
    text = DIGITS[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text
}
