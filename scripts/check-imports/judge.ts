import path from 'node:path'
import { ROOMS, WALLS } from './table.ts'

export type Verdict = { edge: boolean; violation: string | null }

const FINE: Verdict = { edge: false, violation: null }

/**
 * Judges one import.
 * @param file from the root of the repository, with forward slashes
 * @param specifier as written in the import statement
 */
export function judge(file: string, specifier: string): Verdict {
  const room = roomOf(file)
  const fromOutside = isTest(file) || !room
  if (specifier.startsWith('.')) return judgeRelative(file, specifier, room, fromOutside)

  const workspace = /^@parley\/([a-z]+)/.exec(specifier)?.[1]
  const edge = workspace !== undefined
  if (fromOutside) return { edge, violation: null }

  const wall = WALLS.find((entry) => entry.packages.some((name) => matches(name, specifier)))
  if (wall && !wall.doors.includes(room)) return { edge, violation: wall.reason }

  const rules = ROOMS[room]
  if (!rules) return { edge, violation: `${room} has no place in scripts/check-imports/table.ts` }
  if (workspace) {
    if (`packages/${workspace}` === room || `apps/${workspace}` === room)
      return { edge, violation: 'it is its own package: import the file' }
    if (rules.workspaces.includes(workspace)) return { edge, violation: null }
    return { edge, violation: `${room} may import ${list(rules.workspaces)}` }
  }
  if (rules.packages && !rules.packages.some((name) => matches(name, specifier))) {
    return { edge, violation: `${room} may import from outside ${list(rules.packages)}` }
  }
  return { edge, violation: null }
}

/** Inside a room files name each other; another room is reached by its name, through the door that it has. */
function judgeRelative(file: string, specifier: string, room: string | null, fromOutside: boolean): Verdict {
  const target = roomOf(path.posix.join(path.posix.dirname(file), specifier))
  if (fromOutside || target === room) return FINE
  return { edge: true, violation: `reach ${target ?? 'the tools'} by its package name, not by its path` }
}

function roomOf(file: string): string | null {
  return /^(?:packages|apps)\/[^/]+/.exec(file)?.[0] ?? null
}

function isTest(file: string): boolean {
  return /^(?:packages|apps)\/[^/]+\/test\//.test(file)
}

function matches(name: string, specifier: string): boolean {
  if (name.endsWith('*')) return specifier.startsWith(name.slice(0, -1))
  return specifier === name || specifier.startsWith(`${name}/`)
}

function list(names: readonly string[]): string {
  return names.length ? `only ${names.join(', ')}` : 'nothing'
}
