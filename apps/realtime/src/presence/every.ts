export type Every = { stop(): Promise<void> }

/** Does something again and again, `ms` after it was done the last time. `work` sees to its own failures. */
export function every(ms: number, work: () => Promise<void>): Every {
  let stopped = false
  let timer: NodeJS.Timeout
  let working = Promise.resolve()
  const next = () => {
    timer = setTimeout(() => {
      working = work().then(() => {
        if (!stopped) next()
      })
    }, ms)
    timer.unref()
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await working
    },
  }
}
