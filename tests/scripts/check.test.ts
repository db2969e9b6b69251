import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runSteps, STEPS } from '../../scripts/check.ts'

const repository = path.join(import.meta.dirname, '../..')
const bin = (name: string) => path.join(repository, 'node_modules/.bin', name)

let folder: string
beforeEach(() => {
  // inside the repository, where its configurations count
  folder = mkdtempSync(path.join(repository, 'tests/scripts/violation-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fails = (command: string, args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: 'utf8' })
  return status === 0 ? null : stdout + stderr
}

test.each([
  ['any', `export const anything: any = 1\n`, 'noExplicitAny'],
  ['bad format', `export const   badly = "formatted";\n`, 'format'],
  ['a type imported as a value', `import { A } from './a.ts'\n\nexport type B = A\n`, 'useImportType'],
])('format and lint refuse %s', (_what, source, rule) => {
  const file = path.join(folder, 'violation.ts')
  writeFileSync(file, source)
  expect(fails(bin('biome'), ['ci', file])).toContain(rule)
})

test.each([
  ['a wrong type', `export const count: number = 'two'\n`, 'TS2322'],
  ['an index that may be absent', `export const first: string = ([] as string[])[0]\n`, 'TS2322'],
  ['syntax that Node cannot strip', `export enum Kind { One }\n`, 'TS1294'],
])('types refuse %s', (_what, source, code) => {
  symlinkSync(path.join(repository, 'tsconfig.base.json'), path.join(folder, 'base.json'))
  writeFileSync(path.join(folder, 'tsconfig.json'), `{ "extends": "./base.json", "include": ["*.ts"] }`)
  writeFileSync(path.join(folder, 'violation.ts'), source)
  expect(fails(bin('tsc'), ['--noEmit', '--project', folder])).toContain(code)
})

test('one failed step fails the check, and the steps after it still run', () => {
  const node = (code: string) => ({ command: process.execPath, args: ['-e', code] })
  const steps = [
    { name: 'lint', ...node('process.exit(1)') },
    { name: 'types', ...node('') },
    { name: 'imports', command: '/no/such/program', args: [] },
  ]
  expect(runSteps(steps, repository)).toEqual(['lint', 'imports'])
})

test('the check covers every place that has types of its own', () => {
  const projects = STEPS.filter((step) => step.command.endsWith('tsc')).map((step) => step.args.at(-1))
  expect(projects).toEqual(['.', 'packages/ui', 'apps/web', 'apps/console'])
})
