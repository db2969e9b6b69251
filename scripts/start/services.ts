import { createRequire } from 'node:module'
import path from 'node:path'
import { spawnChild } from '@parley/devstack'
import type { Config } from './config.ts'
import { keepRunning } from './keep-running.ts'
import { openLog } from './log-file.ts'
import type { Progress } from './progress.ts'
import { untilReady } from './ready.ts'
import type { Shutdown, Stage } from './shutdown.ts'

export type Service = {
  name: string
  title: string
  stage: Stage
  port: number
  host: string
  /** After `node`. */
  args: string[]
  cwd: string
}

const STOP_MS = 15_000

/** The processes of the suite, in the order in which they start. */
export function services({ root, host, ports }: Config): Service[] {
  const at = (file: string) => path.join(root, file)
  const next = createRequire(at('apps/web/package.json')).resolve('next/dist/bin/next')
  const page = (name: 'web' | 'console', title: string): Service => ({
    name,
    title,
    stage: 'web',
    port: ports[name],
    host,
    args: [next, 'start', '--port', String(ports[name]), '--hostname', host],
    cwd: at(`apps/${name}`),
  })
  return [page('web', 'Web client'), page('console', 'Console')]
}

type Context = { env: NodeJS.ProcessEnv; logs: string; progress: Progress; shutdown: Shutdown }

/** Starts one, waits until it is ready, and keeps it so. */
export async function startService(
  service: Service,
  { env, logs, progress, shutdown }: Context,
): Promise<void> {
  const { name, title, stage, port, host, args, cwd } = service
  const log = openLog(logs, name)
  const asked = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const kept = await keepRunning({
    name: title,
    async start(signal) {
      const child = spawnChild({
        name: title,
        command: process.execPath,
        args,
        cwd,
        env: { ...env, PORT: String(port), PARLEY_HOST: host, PARLEY_NODE: name },
        onLine: log,
        stopWith: [['SIGTERM', STOP_MS]],
      })
      try {
        const either = AbortSignal.any([signal, shutdown.signal])
        await untilReady(title, child, `http://${asked}:${port}/health/ready`, either)
        return child
      } catch (error) {
        await child.stop()
        throw error
      }
    },
    say: progress.say,
    giveUp: shutdown.failed,
  })
  shutdown.add(stage, kept.stop)
}
