import type { Connection } from './connection.ts'

/**
 * Lets so many work at once, and of each person one: what else they ask for waits behind that, so that others wait for
 * one work of theirs at most. Nobody begins before `room`; the others wait in the order in which they came.
 */
export type Turns = <Result>(connection: Connection, work: () => Promise<Result>) => Promise<Result>

export function turns(most: number, room: () => Promise<void>): Turns {
  const waiting: (() => void)[] = []
  let working = 0
  /** Whoever has something under way or in the line, with what waits behind it. */
  const people = new Map<object, (() => void)[]>()

  async function inLine<Result>(work: () => Promise<Result>): Promise<Result> {
    if (working >= most) await new Promise<void>((go) => waiting.push(go))
    else working++
    try {
      await room()
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }

  return async (connection, work) => {
    const { whose } = connection
    const own = people.get(whose)
    if (own) await new Promise<void>((go) => own.push(go))
    else people.set(whose, [])
    try {
      return await inLine(work)
    } finally {
      const next = people.get(whose)!.shift()
      if (next) next()
      else people.delete(whose)
    }
  }
}
