import { fork } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Move, Moved } from '../office.ts'
import { asking } from './asked.ts'
import type { Running } from './kept.ts'

/** The process that stands for web and console: it performs acts and serves no sockets. */
export type Office = Running & { move(move: Move): Promise<Moved> }

type Options = {
  env: Record<string, string>
  began(pid: number): void
  onLine?: ((line: string) => void) | undefined
}

/** @throws Error when it ended before it was ready */
export async function startOffice({ env, began, onLine }: Options): Promise<Office> {
  const child = fork(path.join(import.meta.dirname, '../office.ts'), {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    execArgv: [],
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  began(child.pid!)
  let words = ''
  for (const stream of [child.stdout!, child.stderr!])
    createInterface({ input: stream }).on('line', (line) => {
      words = `${words}\n${line}`.slice(-800)
      onLine?.(line)
    })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const ask = asking<Move | 'ready', Moved>(child)
  try {
    await ask('ready')
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`The office did not open: ${(error as Error).message} ${words}`)
  }
  return {
    pid: child.pid!,
    ended,
    move: ask,
    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
