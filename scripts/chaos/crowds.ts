import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { endWithUs } from '@parley/devstack'
import type { Answers, Order, Placed } from './crowd/protocol.ts'
import { asking } from './stage/asked.ts'

/** The processes that people are in. */
export type Crowds = {
  /** Asks all of them at once. @returns their answers, one a process */
  all<D extends Order['do']>(order: Extract<Order, { do: D }>): Promise<Answers[D][]>
  /** Brings people in, spread over the processes. */
  open(people: Placed[], order: Omit<Extract<Order, { do: 'open' }>, 'do' | 'people'>): Promise<void>
  close(): Promise<void>
}

export function openCrowds(count: number): Crowds {
  const children = Array.from({ length: count }, startOne)
  const asks = children.map((child) => asking<Order, unknown>(child))
  return {
    all: (order) => Promise.all(asks.map((ask) => ask(order))) as never,
    async open(people, order) {
      const some = (at: number) => people.filter((_, i) => i % count === at)
      await Promise.all(asks.map((ask, i) => ask({ do: 'open', people: some(i), ...order })))
    },
    close: async () => void (await Promise.all(children.map(end))),
  }
}

function startOne(): ChildProcess {
  const child = fork(path.join(import.meta.dirname, 'crowd/main.ts'), {
    env: { ...process.env, NODE_OPTIONS: '' },
    execArgv: [],
    serialization: 'advanced',
    // Ctrl-C reaches us alone: that one ends of it before we have heard is no failure
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  endWithUs(child)
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  await gone
}
