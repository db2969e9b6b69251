import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type Act, allActs } from '@parley/domain'

const domain = path.join(import.meta.dirname, '../../../domain/src')

/** Loads every file of every room, whether a door leads to it or not, and answers the acts that they declare. */
export async function everyAct(): Promise<Act[]> {
  const files = readdirSync(domain, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
  for (const file of files.sort()) await import(file)
  return [...allActs().values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
