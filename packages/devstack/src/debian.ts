import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache.ts'

export type Unpacked = {
  /** Laid out like `/`: programs are in `usr/bin`. */
  folder: string
  /** Lets those programs find the libraries that were unpacked with them. */
  env: Record<string, string>
}

const MINUTES = 60_000

/**
 * Fetches packages and whatever they need that this machine lacks, and unpacks them into the cache, as anybody:
 * nothing is installed and no install script runs. @returns null where there is no apt or it cannot supply them
 */
export function unpackDebianPackages(names: readonly string[]): Unpacked | null {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb')) return null
  const place = path.join(cacheFolder(), `debian-${names.join('+')}-${process.arch}`)
  if (existsSync(place)) return describe(place)

  mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 })
  const work = mkdtempSync(path.join(cacheFolder(), 'fetch-'))
  try {
    const packages = missingPackages(names, [], work) ?? missingPackages(names, ownLists(work), work)
    if (!packages) return null
    const fetched = apt(['download', ...packages.names], packages.lists, work)
    if (fetched === null) return null
    const root = path.join(work, 'root')
    mkdirSync(root, { mode: 0o755 })
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      if (spawnSync('dpkg-deb', ['-x', path.join(work, file), root]).status !== 0) return null
    }
    renameSync(root, place)
    return describe(place)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What `apt-get install` would bring, by asking it to pretend. */
function missingPackages(names: readonly string[], lists: string[], work: string) {
  const plan = apt(['install', '--simulate', '--no-install-recommends', ...names], lists, work)
  if (plan === null) return null
  const found = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '')
  return found.length ? { names: found, lists } : null
}

/** A machine whose package lists are empty or old: fetch them, for us alone. */
function ownLists(work: string): string[] {
  const lists = path.join(work, 'lists')
  mkdirSync(path.join(lists, 'partial'), { recursive: true })
  const options = ['-o', `Dir::State::Lists=${lists}`]
  apt(['update'], options, work)
  return options
}

function apt(args: string[], options: string[], work: string): string | null {
  const own = [
    '-q',
    '-o',
    `Dir::Cache=${work}`,
    '-o',
    'Debug::NoLocking=1',
    '-o',
    'APT::Sandbox::User=',
    ...options,
  ]
  const { status, stdout } = spawnSync('apt-get', [...own, ...args], {
    cwd: work,
    encoding: 'utf8',
    timeout: 10 * MINUTES,
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0 ? stdout : null
}

function describe(folder: string): Unpacked {
  const libraries = ['usr/lib', 'lib'].flatMap((name) => {
    const parent = path.join(folder, name)
    if (!existsSync(parent)) return []
    const triplets = foldersIn(parent).filter((entry) => entry.endsWith('-linux-gnu'))
    // some packages keep their libraries one deeper, and have their install script say so to the linker
    return [...triplets.flatMap((entry) => [entry, ...foldersIn(entry).filter(holdsLibraries)]), parent]
  })
  return { folder, env: { LD_LIBRARY_PATH: libraries.join(':') } }
}

function foldersIn(parent: string): string[] {
  const entries = readdirSync(parent, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(parent, entry.name))
}

function holdsLibraries(folder: string): boolean {
  return readdirSync(folder).some((name) => /^lib.*\.so(\.|$)/.test(name))
}
