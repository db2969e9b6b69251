import { databaseAway } from '@parley/domain/database-away'
import { ERRORS, isParleyError, type ServerFrame } from '@parley/protocol'
import { BOUNDS } from '../gateway/bounds.ts'
import type { Connection, Inside } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'

export type Lane = 'acts' | 'pages' | 'syncs'

type Asked = { connection: Connection; inside: Inside; node: Node; req: number; bytes: number }

/**
 * Runs the requests of one lane one after another, in the order in which they came, and answers what fails. Not begun
 * before the other side has taken most of what it was sent; what waits until then is bounded: of a connection, which is
 * read no further, and of a person, who is refused more.
 */
export function inLane(
  lane: Lane,
  { connection, inside, node, req, bytes }: Asked,
  work: () => Promise<void>,
): void {
  const { person } = inside
  if (person.asked + bytes > BOUNDS.askedBytes) {
    const says = 'Too much is asked for at once. Wait for answers, then try again.'
    connection.answer({ t: 'failed', req, code: 'too_many', says })
    return
  }
  const weight = weightOf(lane, bytes)
  person.asked += bytes
  connection.begun(weight)
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
    person.asked -= bytes
    connection.finished(weight)
  }
  const mine = run()
  inside[lane] = mine
}

const weightOf = (lane: Lane, bytes: number): number =>
  lane === 'syncs' ? BOUNDS.syncWeight : BOUNDS.requestWeight * (1 + Math.floor(bytes / BOUNDS.requestBytes))

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
