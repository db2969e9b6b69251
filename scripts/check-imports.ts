import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { judge } from './check-imports/judge.ts'
import { readImports } from './check-imports/read-imports.ts'
import { FEWEST_EDGES, ROOMS } from './check-imports/table.ts'

const SOURCES = ['apps', 'packages', 'scripts', 'tests', 'bench'].map(
  (folder) => `${folder}/**/*.{ts,tsx,mts,mjs,js}`,
)
const NOT_OURS = /(^|\/)(node_modules|\.next|generated)(\/|$)/

/**
 * Holds the whole tree against the table.
 * @returns one line per violation; empty when every import may be there
 */
export function checkImports(root: string, fewest = FEWEST_EDGES): { violations: string[]; edges: number } {
  const violations: string[] = []
  let edges = 0
  const files = globSync(SOURCES, { cwd: root, exclude: (name) => NOT_OURS.test(name) })
  for (const file of files.map((name) => name.replaceAll(path.sep, '/')).sort()) {
    for (const { specifier, line } of readImports(readFileSync(path.join(root, file), 'utf8'))) {
      const { edge, violation } = judge(file, specifier)
      if (edge) edges += 1
      if (violation) violations.push(`${file}:${line}  may not import ${specifier}: ${violation}`)
    }
  }
  for (const room of Object.keys(ROOMS)) {
    if (!existsSync(path.join(root, room)))
      violations.push(`${room}  is in the import table but not in the repository`)
  }
  if (edges < fewest) {
    violations.push(
      `Only ${edges} imports between workspaces were seen in ${files.length} files: this check is blind.`,
    )
  }
  return { violations, edges }
}

if (import.meta.main) {
  const { violations, edges } = checkImports(path.dirname(import.meta.dirname))
  for (const violation of violations) console.error(violation)
  console.log(
    violations.length
      ? `${violations.length} violations`
      : `${edges} imports between workspaces, all allowed`,
  )
  process.exitCode = violations.length ? 1 : 0
}
