import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readImports } from '../../scripts/check-imports/read-imports.ts'

const root = path.join(import.meta.dirname, '../..')
const GENERATED = path.join(root, 'packages/db/src/generated/client.ts')
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

/** Whatever a module of ours reads when it is started, itself included. */
function readWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !file.startsWith(root) || file.includes('node_modules')) return seen
  seen.add(file)
  if (file === GENERATED || !existsSync(file)) return seen
  const { resolve } = createRequire(file)
  for (const { specifier } of readImports(readFileSync(file, 'utf8')))
    if (specifier.startsWith('.')) readWith(path.join(path.dirname(file), specifier), seen)
    else if (specifier.startsWith('@parley/')) readWith(resolve(specifier), seen)
  return seen
}

test('whoever has only installed can run every command: what needs the database client makes it first', () => {
  const needing = []
  for (const [name, command] of Object.entries(scripts)) {
    const file = /^node .*?(scripts\/\w+\.m?[jt]s)$/.exec(command)?.[1]
    if (!file || !readWith(path.join(root, file)).has(GENERATED)) continue
    needing.push(name)
    expect(command, name).toContain('--import ./scripts/generate.ts ')
  }
  expect(needing).toEqual(expect.arrayContaining(['bench', 'chaos', 'import']))
})
