/** Lets so many work at once, and nobody begin before `room`; the others wait in the order in which they came. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

export function turns(most: number, room: () => Promise<void>): Turns {
  const waiting: (() => void)[] = []
  let working = 0
  return async (work) => {
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
}
