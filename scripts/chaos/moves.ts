import type { Database } from '@parley/db'
import type { Id } from '@parley/protocol'
import { isParleyError } from '@parley/protocol/errors'
import { type Browser, Unanswered } from './browser.ts'

/** Somebody comes into a conversation or goes, by themselves or by another's hand. */
export type Move = {
  kind: 'join' | 'leave' | 'invite' | 'remove'
  by: Id
  person: Id
  conversation: Id
}
/** `version`: the conversation's with it; null when nothing changed, or when it is not known. */
export type Moved =
  | { outcome: 'done'; version: number | null }
  | { outcome: 'refused'; code: string }
  /** It may have happened or not. */
  | { outcome: 'unknown'; why: string }

export const comes = ({ kind }: Pick<Move, 'kind'>): boolean => kind === 'join' || kind === 'invite'

const INPUT = {
  join: ({ conversation }) => ({ conversation }),
  leave: ({ conversation }) => ({ conversation }),
  invite: ({ conversation, person }) => ({ conversation, people: [person] }),
  remove: ({ conversation, person }) => ({ conversation, person }),
} satisfies Record<Move['kind'], (move: Move) => object>

/** Makes a move through the API, as `by`. The version is then read from PostgreSQL: no answer tells it. */
export async function makeMove(move: Move, browser: Browser, db: Database): Promise<Moved> {
  try {
    await browser.act(`conversations.${move.kind}`, INPUT[move.kind](move))
  } catch (error) {
    if (error instanceof Unanswered) return { outcome: 'unknown', why: error.message }
    if (!isParleyError(error)) throw error
    // the answer of the database may have been lost after the commit
    if (error.code === 'unavailable' || error.code === 'internal')
      return { outcome: 'unknown', why: error.message }
    return { outcome: 'refused', code: error.code }
  }
  return { outcome: 'done', version: await versionOf(move, db).catch(() => null) }
}

/** Null when somebody has moved them again since. @throws while PostgreSQL is away */
async function versionOf(move: Move, { sql }: Database): Promise<number | null> {
  const [row] = await sql<{ version: number; here: boolean }>`
    SELECT version, left_at IS NULL AS here FROM memberships
    WHERE conversation_id = ${move.conversation} AND person_id = ${move.person}`
  return row && row.here === comes(move) ? row.version : null
}
