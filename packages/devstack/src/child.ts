import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { CannotStart } from './errors.ts'
import { guardChild, ignoreBrokenPipe, signalGroup } from './guard.ts'

/** How a child ended, with the last lines that it wrote. */
export type Ended = { code: number | null; signal: NodeJS.Signals | null; lastOutput: string }

export type Child = {
  pid: number
  /** Resolves once, when the process is gone, whoever ended it. */
  ended: Promise<Ended>
  /** Resolves with the first output line that matches. @throws CannotStart if the child ends or `ms` pass before. */
  line(pattern: RegExp, ms: number): Promise<string>
  lastOutput(): string
  /** Sends the signals one after the other until the process is gone. Safe to call twice. */
  stop(): Promise<void>
}

type Options = {
  /** What a person calls it. */
  name: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  ids?: { uid: number; gid: number } | null
  /** Written to its standard input, which is then closed. */
  input?: string
  onLine?: (line: string) => void
  /** Asked in this order, each with the milliseconds it is given; SIGKILL follows the last. */
  stopWith: readonly (readonly [NodeJS.Signals, number])[]
  /** Ends it and its children when nobody can wait: SIGKILL unless these are in process groups of their own. */
  endAtOnceWith?: NodeJS.Signals
}

const LAST_LINES = 40
const LINE_LENGTH = 2_000

/**
 * A server as a child in a process group of its own, so that Ctrl-C in the terminal reaches only us and the parts can
 * be stopped in order. Should we be killed outright, a guard notices and ends the child: nothing is left running.
 */
export function spawnChild(options: Options): Child {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? '/',
    env: options.env ?? process.env,
    detached: true,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.ids ?? {}),
  })
  const lines: string[] = []
  const watchers = new Set<(line: string) => void>()
  const onLine = (raw: string) => {
    const line = raw.length > LINE_LENGTH ? `${raw.slice(0, LINE_LENGTH)}…` : raw
    lines.push(line)
    if (lines.length > LAST_LINES) lines.shift()
    options.onLine?.(line)
    for (const watch of watchers) watch(line)
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine)
  }
  const release = guardChild(child, {
    inOrder: options.stopWith[0]?.[0] ?? 'SIGTERM',
    atOnce: options.endAtOnceWith ?? 'SIGKILL',
  })
  let gone = false
  const ended = new Promise<Ended>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      if (gone) return
      gone = true
      release()
      resolve({ code, signal, lastOutput: lines.join('\n') })
    }
    child.once('close', end)
    child.once('error', (error: NodeJS.ErrnoException) => {
      lines.push(`${options.command}: ${error.code ?? error.message}`)
      end(null, null)
    })
  })
  if (options.input !== undefined) {
    child.stdin?.on('error', ignoreBrokenPipe)
    child.stdin?.end(options.input)
  }

  let stopping: Promise<void> | null = null
  const stop = async () => {
    for (const [signal, ms] of options.stopWith) {
      if (gone) return
      child.kill(signal)
      if (await within(ended, ms)) return
    }
    if (child.pid) signalGroup(child.pid, 'SIGKILL')
    await ended
  }

  return {
    pid: child.pid ?? -1,
    ended,
    lastOutput: () => lines.join('\n'),
    stop: () => {
      stopping ??= stop()
      return stopping
    },
    async line(pattern, ms) {
      const seen = lines.find((line) => pattern.test(line))
      if (seen) return seen
      const { promise, resolve } = Promise.withResolvers<string>()
      const watch = (line: string) => pattern.test(line) && resolve(line)
      watchers.add(watch)
      const timer = AbortSignal.timeout(ms)
      const late = new Promise<null>((done) =>
        timer.addEventListener('abort', () => done(null), { once: true }),
      )
      const first = await Promise.race([promise, ended, late])
      watchers.delete(watch)
      if (typeof first === 'string') return first
      const what = first ? 'ended before it was ready' : `was not ready within ${Math.round(ms / 1000)} s`
      throw new CannotStart(`${options.name} ${what}. Its last output:\n${lines.slice(-8).join('\n')}`)
    },
  }
}

async function within(ended: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), ms)
  const result = await Promise.race([ended.then(() => true), promise])
  clearTimeout(timer)
  return result
}
