import { setTimeout as sleep } from 'node:timers/promises'
import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'

const STEPS = 20

/** Sends everybody elsewhere, a few at a time and in no particular order, and waits until they are gone. */
export async function drain(
  connections: Set<Connection>,
  now: () => number,
  elsewhere: () => string[],
): Promise<void> {
  const order = [...connections].sort(() => Math.random() - 0.5)
  const share = Math.ceil(order.length / STEPS)
  for (let i = 0; i < order.length; i += share) {
    for (const connection of order.slice(i, i + share)) connection.end('restart', now(), elsewhere())
    if (i + share < order.length) await sleep(BOUNDS.drainMs / STEPS)
  }
  const until = now() + BOUNDS.closingMs
  while (connections.size > 0 && now() < until) await sleep(20)
  for (const connection of connections) connection.wire.terminate()
}
