import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Account, giveTo } from '../account.ts'
import { CannotStart } from '../errors.ts'

type Options = { native: string; dir: string; account: Account; password: string | undefined }

const CTYPE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

/**
 * Makes the cluster beside its place and moves it in when it is whole, so that an interrupted first start leaves
 * nothing that the second would mistake for data. Sorting is by code point (builtin C.UTF-8): the same on every
 * machine, whatever its C library. Only trigrams still ask that library what a letter is (CTYPE).
 */
export function createCluster({ native, dir, account, password }: Options): void {
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
    run(path.join(native, 'bin/initdb'), account, [
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
  run(
    path.join(native, 'bin/postgres'),
    account,
    ['--single', '-D', draft, 'postgres'],
    'CREATE DATABASE parley\n',
  )
  rmSync(dir, { recursive: true, force: true })
  renameSync(draft, dir)
}

function run(command: string, account: Account, args: string[], input?: string): void {
  const { status, stderr, error } = spawnSync(command, args, {
    ...(account.ids ?? {}),
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' },
    input: input ?? '',
  })
  if (status === 0) return
  const reason = error?.message ?? stderr.trim().split('\n').slice(-4).join('\n')
  throw new CannotStart(`PostgreSQL's data folder could not be made: ${reason}`)
}
