import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '../errors.ts'

/** A killed parent's PostgreSQL is being ended by its guard: it deserves a moment. */
const ORPHAN_MS = 15_000

/**
 * postmaster.pid outlives a crash, and its process id may by now be somebody else's (always so in a restarted
 * container), at which PostgreSQL would refuse to start. Only a PostgreSQL that runs on this very folder counts.
 */
export async function clearStaleLock(dir: string): Promise<void> {
  const lock = path.join(dir, 'postmaster.pid')
  const until = Date.now() + ORPHAN_MS
  while (existsSync(lock)) {
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
    if (!commandOf(pid).includes(dir)) return rmSync(lock, { force: true })
    if (Date.now() > until) {
      throw new CannotStart(`Another PostgreSQL (process ${pid}) is using ${dir}: stop it first.`)
    }
    await sleep(100)
  }
}

function commandOf(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return ''
  if (existsSync('/proc/self/cmdline')) {
    const file = `/proc/${pid}/cmdline`
    return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : ''
  }
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? ''
}
