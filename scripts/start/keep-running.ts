import { CannotStart, type Ended } from '@parley/devstack'

export type Running = { ended: Promise<Ended>; stop(): Promise<void> }

type Options = {
  name: string
  /** Resolves when the process is ready; gives up and cleans up after itself when the signal says so. */
  start(signal: AbortSignal): Promise<Running>
  say(line: string): void
  /** Called at most once: it died too often, or could not be started again. */
  giveUp(reason: CannotStart): void
}

export const DEATHS_ALLOWED = 5
const WITHIN_MS = 60_000
const TAIL_LINES = 15

/**
 * Starts a process and starts it again when it dies, up to five times within a minute. A process that does not even
 * come up the first time is not tried again: that is a mistake for a person to see.
 */
export async function keepRunning({ name, start, say, giveUp }: Options): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let running = await start(stopping.signal)
  const watching = watch()

  async function watch(): Promise<void> {
    let deaths: number[] = []
    for (;;) {
      const ended = await running.ended
      if (stopping.signal.aborted) return
      const now = Date.now()
      deaths = [...deaths.filter((time) => time > now - WITHIN_MS), now]
      if (deaths.length > DEATHS_ALLOWED) {
        return giveUp(
          new CannotStart(
            `${name} died ${deaths.length} times within a minute, so everything was stopped. ${lastWords(ended)}`,
          ),
        )
      }
      say(`${name} ended unexpectedly (${how(ended)}); starting it again`)
      try {
        running = await start(stopping.signal)
      } catch (error) {
        if (!stopping.signal.aborted)
          giveUp(error instanceof CannotStart ? error : new CannotStart(`${name}: ${error}`))
        return
      }
      say(`${name} is ready again`)
    }
  }

  return {
    async stop() {
      stopping.abort()
      await running.stop()
      await watching
    },
  }
}

export function how({ code, signal }: Ended): string {
  return signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`
}

export function lastWords({ lastOutput }: Ended): string {
  const lines = lastOutput.trim().split('\n').slice(-TAIL_LINES)
  return lines.join('')
    ? `Its last output:\n${lines.map((line) => `  ${line}`).join('\n')}`
    : 'It wrote nothing.'
}
