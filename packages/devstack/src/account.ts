import { spawnSync } from 'node:child_process'
import { chownSync, readFileSync } from 'node:fs'
import { CannotStart } from './errors.ts'

/** Whom a server runs as. Without ids: the person who started us. */
export type Account = { name: string; ids: { uid: number; gid: number } | null }

/**
 * PostgreSQL refuses to run as root, so root lends it another account: `postgres` where there is one, else `nobody`.
 * Everybody else runs it as themselves.
 */
export function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return { name: 'you', ids: null }
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find((fields) => fields[0] === name)
    if (entry) return { name, ids: { uid: Number(entry[2]), gid: Number(entry[3]) } }
  }
  throw new CannotStart(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to lend it.',
  )
}

/** Whether the account may enter this folder: every folder above it counts too. */
export function canEnter(account: Account, folder: string): boolean {
  if (!account.ids) return true
  // Ctrl-C reaches this shell, too, and is no answer to the question
  const { status } = spawnSync('/bin/sh', ['-c', 'trap "" INT; cd -- "$0"', folder], {
    ...account.ids,
    cwd: '/',
    stdio: 'ignore',
  })
  return status === 0
}

export function giveTo(account: Account, file: string): void {
  if (account.ids) chownSync(file, account.ids.uid, account.ids.gid)
}
