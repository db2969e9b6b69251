import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Account, giveTo } from '../account.ts'
import { spawnChild } from '../child.ts'
import { CannotStart } from '../errors.ts'

type Options = {
  native: string
  dir: string
  account: Account
  password: string | undefined
  signal: AbortSignal | undefined
}

const CTYPE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

/**
 * Makes the cluster beside its place and moves it in when it is whole, so that an interrupted first start leaves
 * nothing that the second would mistake for data. Sorting is by code point (builtin C.UTF-8): the same on every
 * machine, whatever its C library. Only trigrams still ask that library what a letter is (CTYPE).
 */
export async function createCluster({ native, dir, account, password, signal }: Options): Promise<void> {
  const draft = `${dir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(account, draft)
  const secretFile = path.join(path.dirname(dir), `.${path.basename(dir)}.password`)
  try {
    if (password) {
      writeFileSync(secretFile, password, { mode: 0o600 })
      giveTo(account, secretFile)
    }
    await run(path.join(native, 'bin/initdb'), account, signal, [
      ...[
        '--pgdata',
        draft,
        '--username',
        'postgres',
        '--encoding',
        'UTF8',
        '--no-sync',
        '--no-instructions',
      ],
      ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', CTYPE],
      ...(password ? ['--auth', 'scram-sha-256', '--pwfile', secretFile] : ['--auth', 'trust']),
    ])
  } finally {
    rmSync(secretFile, { force: true })
  }
  // single-user mode: the product's own database exists before anybody can connect
  await run(
    path.join(native, 'bin/postgres'),
    account,
    signal,
    ['--single', '-D', draft, 'postgres'],
    'CREATE DATABASE parley\n',
  )
  rmSync(dir, { recursive: true, force: true })
  renameSync(draft, dir)
}

/** @throws the signal's reason when it says to stop, CannotStart for anything else */
async function run(
  command: string,
  account: Account,
  signal: AbortSignal | undefined,
  args: string[],
  input = '',
): Promise<void> {
  signal?.throwIfAborted()
  const child = spawnChild({
    name: path.basename(command),
    command,
    args,
    ids: account.ids,
    env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' },
    input,
    stopWith: [['SIGINT', 5_000]],
  })
  const stop = () => void child.stop()
  signal?.addEventListener('abort', stop)
  const { code, lastOutput } = await child.ended
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  const reason = lastOutput.trim().split('\n').slice(-4).join('\n')
  throw new CannotStart(`PostgreSQL's data folder could not be made: ${reason}`)
}
