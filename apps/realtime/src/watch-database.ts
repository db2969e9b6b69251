import { within } from '@parley/domain/within'

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
    const was = failed < TRIES
    try {
      await within(PATIENCE_MS, ping())
      failed = 0
    } catch {
      // the log has why from whoever needed it
      failed++
    }
    asking = false
    if (failed < TRIES !== was) changed()
  }
  const timer = setInterval(ask, EVERY_MS)
  timer.unref()
  return { healthy: () => failed < TRIES, close: () => clearInterval(timer) }
}
