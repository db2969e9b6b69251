import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** What CI runs: format and lint, types, the import table. Every step runs, so that one look shows all that is wrong. */
export type Step = { name: string; command: string; args: string[] }

const bin = (name: string) => path.join('node_modules/.bin', name)

export const STEPS: readonly Step[] = [
  { name: 'generate', command: process.execPath, args: ['scripts/generate.ts'] },
  { name: 'format and lint', command: bin('biome'), args: ['ci', '--colors=off'] },
  ...['.', 'packages/ui', 'apps/web', 'apps/console'].map((project) => ({
    name: `types in ${project === '.' ? 'the root' : project}`,
    command: bin('tsc'),
    args: ['--noEmit', '--project', project],
  })),
  { name: 'imports', command: process.execPath, args: ['scripts/check-imports.ts'] },
]

/** @returns the names of the steps that failed */
export function runSteps(steps: readonly Step[], root: string): string[] {
  return steps
    .filter(({ name, command, args }) => {
      console.log(`\n— ${name}`)
      const { status, error } = spawnSync(command, args, {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
      })
      if (error) console.error(error.message)
      return status !== 0
    })
    .map((step) => step.name)
}

if (import.meta.main) {
  const failed = runSteps(STEPS, path.dirname(import.meta.dirname))
  console.log(failed.length ? `\nFailed: ${failed.join(', ')}` : `\nAll ${STEPS.length} checks passed`)
  process.exitCode = failed.length ? 1 : 0
}
