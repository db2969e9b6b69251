/** What runs: `ended` resolves when it is gone, whoever ended it. */
export type Running = { pid: number; ended: Promise<unknown>; stop(): Promise<void> }

/**
 * A process that somebody keeps running, as a service manager does: whatever ends it, it is begun again, unless it is
 * to be down just now.
 */
export type Kept<R extends Running> = {
  name: string
  /** Null while it is down or not ready yet. */
  now(): R | null
  signal(signal: NodeJS.Signals): void
  /** Ends it by the signal, and it stays down. */
  down(signal: NodeJS.Signals): Promise<void>
  /** Resolves when it is ready. */
  up(): Promise<void>
  stop(): Promise<void>
}

const PAUSE_MS = 300

/** `begin` resolves when it is ready, and rejects when it ended before: then it is tried again. */
export function keep<R extends Running>(
  name: string,
  begin: (began: (pid: number) => void) => Promise<R>,
  said: (line: string) => void,
): Kept<R> {
  let running: R | null = null
  let pid: number | null = null
  let wanted = false
  let over = false
  let work = Promise.resolve()

  async function ensure(): Promise<void> {
    while (wanted && !over && running === null) {
      try {
        const mine = await begin((begun) => {
          pid = begun
          // it was to go down while it came up
          if (!wanted) signal('SIGKILL')
        })
        running = mine
        pid = mine.pid
        void mine.ended.then(() => {
          if (running !== mine) return
          running = null
          pid = null
          if (wanted) {
            said(`${name} ended by itself; it is begun again`)
            work = work.then(ensure)
          }
        })
      } catch (error) {
        pid = null
        if (!wanted || over) return
        said(`${name} did not come up, it is tried again: ${firstLine(error)}`)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    }
  }

  function signal(what: NodeJS.Signals): void {
    if (pid === null) return
    try {
      process.kill(pid, what)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  async function down(what: NodeJS.Signals): Promise<void> {
    wanted = false
    signal(what)
    // what was coming up just now has come up, or has given up
    await work
    const mine = running
    if (mine === null) return
    signal(what)
    await mine.ended
    running = null
    pid = null
  }

  return {
    name,
    now: () => running,
    signal,
    down,
    async up() {
      wanted = true
      work = work.then(ensure)
      await work
    },
    async stop() {
      over = true
      wanted = false
      const mine = running
      signal('SIGCONT')
      if (mine) await mine.stop()
      else signal('SIGKILL')
      await work
    },
  }
}

const firstLine = (error: unknown): string =>
  String((error as Error)?.message ?? error)
    .split('\n')
    .slice(0, 3)
    .join(' | ')
    .slice(0, 400)
