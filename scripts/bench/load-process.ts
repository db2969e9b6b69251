import { fork, type Serializable } from 'node:child_process'
import path from 'node:path'
import { endWithUs } from '@parley/devstack'

type Failed = { done: 'failed'; why: string }
/** A process of its own that does what it is asked, one thing at a time. */
export type LoadProcess<Order, Answer> = {
  /** Rejects when it failed, or has ended. */
  ask(order: Order): Promise<Exclude<Answer, Failed>>
  end(): void
}

/** @param file in load/, without its ending: it serves these orders, and exits when nobody can ask any more */
export function openLoadProcess<Order extends Serializable, Answer extends { done: string }>(
  file: string,
): LoadProcess<Order, Answer> {
  const child = fork(path.join(import.meta.dirname, `load/${file}.ts`), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    // Ctrl-C reaches us alone: that one ends of it before we have heard is no failure
    detached: true,
    execArgv: [],
  })
  endWithUs(child)
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const early = () => reject(new Error('A load process ended.'))
        child.once('exit', early)
        child.once('message', (answer: Exclude<Answer, Failed> | Failed) => {
          child.off('exit', early)
          if (answer.done === 'failed') reject(new Error((answer as Failed).why))
          else resolve(answer as Exclude<Answer, Failed>)
        })
        child.send(order)
      }),
    end() {
      if (child.connected) child.disconnect()
    },
  }
}
