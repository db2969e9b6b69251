import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { guardFolder } from './guard.ts'
import { atEnd } from './leave-nothing.ts'

export type TemporaryFolder = {
  path: string
  remove(): void
  /** From now on it stays, for somebody to look into. */
  keep(): void
}

/** Servers that were ended a moment ago write and remove their last in it. */
const TRIES = 50
const PAUSE_MS = 20

/** A folder that goes with this process at the latest. Accounts that servers are lent may pass through. */
export function temporaryFolder(name: string): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `parley-${name}-`))
  chmodSync(folder, 0o755)
  const release = guardFolder(folder)
  const remove = () => {
    forget()
    removeUnder(folder)
    release()
  }
  const forget = atEnd(remove)
  return {
    path: folder,
    remove,
    keep() {
      forget()
      release()
    },
  }
}

/** `force` takes a file that somebody else has just removed for the end of the work. */
function removeUnder(folder: string): void {
  for (let tries = 0; existsSync(folder) && tries < TRIES; tries++) {
    if (tries > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    rmSync(folder, { recursive: true, force: true, maxRetries: TRIES, retryDelay: PAUSE_MS })
  }
}
