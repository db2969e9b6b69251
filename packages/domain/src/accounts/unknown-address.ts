import { createHash } from 'node:crypto'
import type { Tx } from '@parley/db'
import type { Failures } from './lockout.ts'

/** Failed sign-ins with an address that nobody has, counted like those of a person. Forgotten after a day. */
const KEPT_MS = 24 * 3_600_000
/** Removed in passing, at each failure, so that the table cannot outgrow what the rate limit lets in. */
const REMOVED_AT_ONCE = 100

type Sql = Pick<Tx, 'sql'>
const hashOf = (email: string) => createHash('sha256').update(email).digest()

export async function unknownFailures({ sql }: Sql, email: string): Promise<Failures> {
  const [row] = await sql<{ failed_attempts: number; locked_until: Date | null }>`
    SELECT failed_attempts, locked_until FROM unknown_sign_ins WHERE email_hash = ${hashOf(email)} FOR UPDATE`
  return { failed: row?.failed_attempts ?? 0, lockedUntil: row?.locked_until ?? null }
}

export async function rememberUnknown(
  { sql }: Sql,
  email: string,
  { failed, lockedUntil }: Failures,
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO unknown_sign_ins (email_hash, failed_attempts, locked_until, last_at)
    VALUES (${hashOf(email)}, ${failed}, ${lockedUntil}, ${now})
    ON CONFLICT (email_hash) DO UPDATE SET failed_attempts = excluded.failed_attempts,
      locked_until = excluded.locked_until, last_at = excluded.last_at`
  await sql`
    DELETE FROM unknown_sign_ins WHERE email_hash IN (
      SELECT email_hash FROM unknown_sign_ins WHERE last_at < ${new Date(now.getTime() - KEPT_MS)}
      ORDER BY last_at LIMIT ${REMOVED_AT_ONCE} FOR UPDATE SKIP LOCKED)`
}
