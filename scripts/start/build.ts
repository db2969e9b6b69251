import path from 'node:path'
import { CannotStart, spawnChild } from '@parley/devstack'
import { lastWords } from './keep-running.ts'
import { waitForLock } from './lock.ts'
import { openLog } from './log-file.ts'

type Options = {
  root: string
  logs: string
  /** Of one app alone. */
  only?: 'web' | 'console'
  detail: (text: string) => void
  signal: AbortSignal
}

/**
 * Builds web and console where a source has changed since; turbo knows. One app at a time: each build takes some
 * 700 MB. Two suites of one checkout take turns.
 */
export async function build({ root, logs, only, detail, signal }: Options): Promise<void> {
  signal.throwIfAborted()
  const lock = await waitForLock(path.join(root, 'node_modules'), 'parley-build', signal)
  const log = openLog(logs, 'build')
  const child = spawnChild({
    name: 'The build',
    command: path.join(root, 'node_modules/.bin/turbo'),
    args: [
      'run',
      'build',
      '--concurrency=1',
      '--ui=stream',
      '--output-logs=new-only',
      '--no-color',
      ...(only ? [`--filter=@parley/${only}`] : []),
    ],
    cwd: root,
    env: {
      ...process.env,
      // whatever runs the build runs on this Node
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
    onLine(line) {
      log(line)
      const app = /^@parley\/(\w+):build/.exec(line)?.[1]
      if (app) detail(app)
    },
    stopWith: [['SIGTERM', 10_000]],
    // it ends what it has begun, in groups of their own
    endAtOnceWith: 'SIGTERM',
  })
  const stop = () => void child.stop()
  signal.addEventListener('abort', stop)
  try {
    const ended = await child.ended
    signal.throwIfAborted()
    if (ended.code !== 0) {
      throw new CannotStart(
        `The build failed; all of it is in ${path.join(logs, 'build.log')}. ${lastWords(ended)}`,
      )
    }
  } finally {
    signal.removeEventListener('abort', stop)
    lock.release()
  }
}
