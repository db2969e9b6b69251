import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const LOOK_MS = 1_000

const codeOf = (signal: (typeof SIGNALS)[number]): number => 128 + constants.signals[signal]

/**
 * Ctrl-C, SIGTERM, a closed terminal, or the end of the npm that started us: its shell hands no signal on.
 * @param end called each time, with the exit code that says which it was, as shells do
 * @returns what takes it for nobody's business again
 */
export function whenAskedToEnd(end: (code: number) => void): () => void {
  const asked = (signal: (typeof SIGNALS)[number]) => end(codeOf(signal))
  for (const signal of SIGNALS) process.on(signal, asked)
  const parent = process.ppid
  const look = setInterval(() => {
    if (!process.env.npm_lifecycle_event || process.ppid === parent) return
    clearInterval(look)
    end(codeOf('SIGTERM'))
  }, LOOK_MS).unref()
  return () => {
    clearInterval(look)
    for (const signal of SIGNALS) process.off(signal, asked)
  }
}
