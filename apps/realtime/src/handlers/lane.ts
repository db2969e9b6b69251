import { databaseAway } from '@parley/domain/database-away'
import { ERRORS, isParleyError, type ServerFrame } from '@parley/protocol'
import { BOUNDS } from '../gateway/bounds.ts'
import type { Connection, Inside } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'

export type Lane = 'acts' | 'pages' | 'syncs'

/**
 * Runs the requests of one lane one after another, in the order in which they came, and answers what fails. Not begun
 * before the other side has taken most of what it was sent.
 */
export function inLane(
  lane: Lane,
  { connection, inside, node, req }: { connection: Connection; inside: Inside; node: Node; req: number },
  work: () => Promise<void>,
): void {
  connection.begun(BOUNDS.requestWeight)
  const before = inside[lane]
  const run = async () => {
    await before
    await connection.room()
    try {
      if (connection.stage.at === 'inside') await work()
    } catch (error) {
      const { code, says } = refusalOf(error, node)
      if (isInside(connection)) connection.answer({ t: 'failed', req, code, says })
    }
    if (inside[lane] === mine) inside[lane] = null
    connection.finished(BOUNDS.requestWeight)
  }
  const mine = run()
  inside[lane] = mine
}

/** Asked again after something was awaited. */
export const isInside = (connection: Connection): boolean => connection.stage.at === 'inside'

/** What the caller is meant to see. */
export function refusalOf(error: unknown, node: Node): Pick<ServerFrame & { t: 'failed' }, 'code' | 'says'> {
  if (isParleyError(error)) return { code: error.code, says: error.message }
  // of what is read beyond perform: the rest of an answer, whether a session stands
  const away = databaseAway(error)
  if (away) return { code: away.code, says: away.message }
  node.deps.log.error('a frame could not be handled', error)
  return { code: 'internal', says: ERRORS.internal.says }
}
