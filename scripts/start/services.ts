import path from 'node:path'
import { spawnChild } from '@parley/devstack'
import type { Config } from './config.ts'
import { realtimeUrl } from './environment.ts'
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
  /** Beside what all processes are told. */
  env: NodeJS.ProcessEnv
}

const STOP_MS = 15_000

/** The processes of the suite, in the order in which they start. */
export function services(config: Config, environment: NodeJS.ProcessEnv): Service[] {
  const { root, host, ports, store } = config
  const service = (name: string, title: string, stage: Stage, port: number, file: string): Service => ({
    ...{ name, title, stage, port, host },
    args: [path.join(root, file)],
    cwd: root,
    env: {},
  })
  return [
    ...(store
      ? []
      : [service('blob', 'File store', 'store', ports.blob, 'packages/adapters/src/blob/disk-server.ts')]),
    ...ports.realtime.map((port, index) => {
      const name = `realtime-${index + 1}`
      const url = realtimeUrl(config, environment, index)
      return {
        ...service(name, `Realtime ${index + 1}`, 'realtime', port, 'apps/realtime/src/main.ts'),
        env: url === null ? {} : { PARLEY_REALTIME_URL: url },
      }
    }),
    { ...service('worker', 'Worker', 'worker', ports.worker, 'apps/worker/src/main.ts'), host: '127.0.0.1' },
    service('web', 'Web client', 'web', ports.web, 'apps/web/main.ts'),
    service('console', 'Console', 'web', ports.console, 'apps/console/main.ts'),
  ]
}

type Context = { env: NodeJS.ProcessEnv; logs: string; progress: Progress; shutdown: Shutdown }

/** Starts one, waits until it is ready, and keeps it so. */
export async function startService(
  service: Service,
  { env, logs, progress, shutdown }: Context,
): Promise<void> {
  const { name, title, stage, port, host, args, cwd } = service
  const own = { PORT: String(port), PARLEY_HOST: host, PARLEY_NODE: name, ...service.env }
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
        env: { ...env, ...own },
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
