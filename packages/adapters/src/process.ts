import { ConfigError } from './config/fields.ts'
import { type Config, readConfig } from './config.ts'
import { CannotListen } from './listen.ts'
import { openLog } from './log.ts'
import { RedisUnreachable } from './redis.ts'

/** Whoever is still busy after this is left behind: what it accepted is in the database. */
const GRACE_MS = 14_000

export type Running = { close(): Promise<void> }

/**
 * Runs one process of the suite: reads its configuration, starts it, and on SIGTERM or SIGINT ends it in order.
 * What an administrator can mend is one sentence on standard error and exit code 1.
 */
export async function runProcess(start: (config: Config) => Promise<Running>): Promise<void> {
  try {
    const config = readConfig()
    const log = openLog({ process: config.node })
    const running = await start(config)
    const end = () => {
      setTimeout(() => process.exit(1), GRACE_MS).unref()
      running.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('the process could not end in order', error)
          process.exit(1)
        },
      )
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    process.exit(1)
  }
}

function sentence(error: unknown): string {
  if (error instanceof ConfigError || error instanceof RedisUnreachable || error instanceof CannotListen)
    return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
