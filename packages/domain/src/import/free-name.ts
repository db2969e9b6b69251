import type { Sql } from '@parley/db'
import { takenNames } from '@parley/db/queries/import/conversations'
import { LIMITS } from '@parley/protocol'

/** Tries before giving up; a hundred channels of one name are no accident. */
const TRIES = 100

/** The name itself, else `name-slack`, `name-slack-2` and so on: channels that are here already keep theirs. */
export async function freeName(sql: Sql, name: string): Promise<string> {
  const candidates = Array.from({ length: TRIES }, (_, n) => {
    const suffix = n === 0 ? '' : n === 1 ? '-slack' : `-slack-${n}`
    return name.slice(0, LIMITS.conversationName - suffix.length) + suffix
  })
  const taken = await takenNames(sql, candidates)
  const free = candidates.find((candidate) => !taken.has(candidate.toLowerCase()))
  if (free === undefined) throw new Error(`no free name like ${name} in ${TRIES} tries`)
  return free
}
