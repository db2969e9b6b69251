import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, freePort, spawnChild } from '@parley/devstack'

export type RealProcess = { port: number; child: Child; kill(): Promise<void> }

const main = path.join(import.meta.dirname, '../../src/main.ts')

/** A realtime node as it runs in production: a process of its own, ready to take people in. */
export async function startRealtime(
  env: Record<string, string>,
  name: string,
  port?: number,
): Promise<RealProcess> {
  const own = port ?? (await freePort())
  const child = spawnChild({
    name,
    command: process.execPath,
    args: [main],
    env: { ...process.env, NODE_OPTIONS: '', ...env, PARLEY_NODE: name, PORT: String(own) },
    stopWith: [['SIGTERM', 15_000]],
  })
  let over = false
  const gone = child.ended.then(({ code, lastOutput }) => {
    over = true
    throw new Error(`${name} ended with ${code}: ${lastOutput}`)
  })
  gone.catch(() => {})
  await Promise.race([gone, untilReady(own, () => over)])
  return {
    port: own,
    child,
    async kill() {
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
  }
}

async function untilReady(port: number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/health/ready`)).ok) return
    } catch {
      // it does not listen yet
    }
    await sleep(50)
  }
}
