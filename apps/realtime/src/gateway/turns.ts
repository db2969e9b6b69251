import type { Backlog } from './backlog.ts'
import type { Connection } from './connection.ts'

/**
 * Lets so many work at once, and of each person one: what else they ask for waits behind that, so that others wait for
 * one work of theirs at most. Those who wait begin in the order in which they came, and once there is room for them.
 */
export type Turns = <Result>(connection: Connection, work: () => Promise<Result>) => Promise<Result>

export function turns(most: number, backlog: Pick<Backlog, 'room' | 'isFullFor'>): Turns {
  const waiting: (() => void)[] = []
  let working = 0
  /** Whoever has something under way or in the line, with what waits behind it. */
  const people = new Map<object, (() => void)[]>()

  async function inLine<Result>(connection: Connection, work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      // not in the line: whoever waits for room keeps nobody else from their turn
      await backlog.room(connection)
      if (working >= most) await new Promise<void>((go) => waiting.push(go))
      else working++
      try {
        // it may have been used up since
        if (!backlog.isFullFor(connection)) return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else working--
      }
    }
  }

  return async (connection, work) => {
    const { whose } = connection
    const own = people.get(whose)
    if (own) await new Promise<void>((go) => own.push(go))
    else people.set(whose, [])
    try {
      return await inLine(connection, work)
    } finally {
      const next = people.get(whose)!.shift()
      if (next) next()
      else people.delete(whose)
    }
  }
}
