import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { guardChild } from '@parley/devstack'
import { say } from './report.ts'

export type MeasuredProcess = {
  pid: number
  /** Ends it by this signal, and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}
type Options = {
  env: NodeJS.ProcessEnv
  inspectorPort: number
  /** Resolves when it serves. */
  ready(child: ChildProcess): Promise<void>
}

/** What Node says of the inspector, over which its garbage is collected. */
const OF_THE_INSPECTOR = new Set(['Debugger attached.', 'Waiting for the debugger to disconnect...'])

/** Node on this file, with an inspector, which costs nothing until somebody asks it; ready. */
export async function startMeasured(
  file: string,
  { env, inspectorPort, ready }: Options,
): Promise<MeasuredProcess> {
  const child = fork(file, {
    execArgv: [`--inspect=127.0.0.1:${inspectorPort}`, '--inspect-publish-uid=http'],
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!OF_THE_INSPECTOR.has(line)) say(line)
  })
  // not before its last words are heard
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  void ended.then(guardChild(child, { inOrder: 'SIGTERM', atOnce: 'SIGKILL' }))
  const early = ended.then((code) => {
    throw new Error(`${file} ended with ${code} before it was ready`)
  })
  early.catch(() => {})
  await Promise.race([ready(child), early])
  return {
    pid: child.pid!,
    async end(signal) {
      child.kill(signal)
      await ended
    },
  }
}
