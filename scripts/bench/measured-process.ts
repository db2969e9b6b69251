import { type ChildProcess, fork } from 'node:child_process'
import { guardChild } from '@parley/devstack'

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

/** Node on this file, with an inspector, which costs nothing until somebody asks it; ready. */
export async function startMeasured(
  file: string,
  { env, inspectorPort, ready }: Options,
): Promise<MeasuredProcess> {
  const child = fork(file, {
    execArgv: [`--inspect=127.0.0.1:${inspectorPort}`, '--inspect-publish-uid=http'],
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
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
