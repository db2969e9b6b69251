import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, spawnChild } from '@parley/devstack'
import type { Running } from './kept.ts'

const root = path.join(import.meta.dirname, '../../..')
/** A process that is killed or stopped meanwhile is waited for by whoever did that. */
const POLL_MS = 50

/** One process of the suite as it runs in production, ready. @throws Error with its last words when it ended before */
export async function startProcess(options: {
  name: string
  file: string
  env: Record<string, string>
  port: number
  began(pid: number): void
  onLine?: (line: string) => void
}): Promise<Running> {
  const { name, file, env, port } = options
  const child: Child = spawnChild({
    name,
    command: process.execPath,
    args: ['--import', path.join(import.meta.dirname, 'stepped-clock.ts'), path.join(root, file)],
    env: { ...process.env, NODE_OPTIONS: '', ...env, PARLEY_NODE: name, PORT: String(port) },
    ...(options.onLine ? { onLine: options.onLine } : {}),
    stopWith: [['SIGTERM', 15_000]],
  })
  options.began(child.pid)
  let gone = false
  const ended = child.ended.then((how) => {
    gone = true
    return how
  })
  while (!gone) {
    if (await isReady(port)) return { pid: child.pid, ended, stop: child.stop }
    await sleep(POLL_MS)
  }
  throw new Error(`${name} ended: ${(await ended).lastOutput.slice(-800)}`)
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    // it does not listen yet, or stands still
    return false
  }
}
