import { setTimeout as sleep } from 'node:timers/promises'

const EVERY_MS = 2_000
const PATIENCE_MS = 2_000
/** So many tries in a row, so that one lost connection is not taken for all. */
const TRIES = 2

export type DatabaseWatch = { healthy(): boolean; close(): void }

/** Asks every EVERY_MS whether the database answers: without it a node can let nobody in. */
export function watchDatabase(ping: () => Promise<void>, changed: () => void): DatabaseWatch {
  let failed = 0
  let asking = false
  async function ask(): Promise<void> {
    if (asking) return
    asking = true
    const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
      throw new Error('no answer')
    })
    const was = failed < TRIES
    try {
      await Promise.race([ping(), late])
      failed = 0
    } catch {
      // the log has why from whoever needed it
      failed++
    }
    late.catch(() => {})
    asking = false
    if (failed < TRIES !== was) changed()
  }
  const timer = setInterval(ask, EVERY_MS)
  timer.unref()
  return { healthy: () => failed < TRIES, close: () => clearInterval(timer) }
}
