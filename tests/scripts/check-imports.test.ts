import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { judge } from '../../scripts/check-imports/judge.ts'
import { readImports } from '../../scripts/check-imports/read-imports.ts'
import { ROOMS } from '../../scripts/check-imports/table.ts'
import { checkImports } from '../../scripts/check-imports.ts'

const repository = path.join(import.meta.dirname, '../..')

describe('the import table', () => {
  test('holds for the whole repository, and the check has seen it', () => {
    const { violations, edges } = checkImports(repository)
    expect(violations).toEqual([])
    expect(edges).toBeGreaterThan(60)
  })

  test.each([
    ['packages/domain/src/send.ts', '@parley/api', 'packages/domain may import only db, protocol'],
    ['packages/domain/src/send.ts', 'pg', 'only packages/db speaks to PostgreSQL'],
    ['packages/domain/src/send.ts', '@prisma/client', 'only packages/db speaks to PostgreSQL'],
    ['packages/api/src/rest.ts', 'ioredis', 'only packages/adapters imports vendor SDKs'],
    ['packages/api/src/saml.ts', '@node-saml/node-saml', 'only packages/adapters imports vendor SDKs'],
    ['packages/protocol/src/ids.ts', 'node:crypto', 'packages/protocol may import from outside only zod'],
    ['packages/sync/src/store.ts', 'react', 'only the two web apps and their components render'],
    ['packages/ui/src/button.tsx', '@parley/protocol', 'packages/ui may import nothing'],
    ['packages/devstack/src/redis.ts', '@parley/db', 'packages/devstack may import nothing'],
    [
      'apps/worker/src/main.ts',
      '@parley/devstack',
      'devstack is for development and tests, never for production code',
    ],
    ['apps/web/app/page.tsx', '@parley/console', /^apps\/web may import only/],
    ['apps/worker/src/main.ts', 'ws', 'only apps/realtime serves sockets'],
    [
      'apps/web/lib/db.ts',
      '../../../packages/db/src/index.ts',
      'reach packages/db by its package name, not by its path',
    ],
    ['packages/new/src/index.ts', 'zod', 'packages/new has no place in scripts/check-imports/table.ts'],
  ])('%s may not import %s', (file, specifier, reason) => {
    expect(judge(file, specifier).violation).toMatch(reason)
  })

  test.each([
    ['packages/db/src/sql.ts', 'pg'],
    ['packages/adapters/src/queue.ts', 'bullmq'],
    ['packages/adapters/src/queue.ts', '@parley/domain/ports'],
    ['packages/db/test/migrate.test.ts', '@parley/devstack'],
    ['packages/db/test/migrate.test.ts', '../../../tests/support/index.ts'],
    ['scripts/start.ts', '@parley/devstack'],
    ['apps/web/app/page.tsx', '../features/sidebar.tsx'],
  ])('%s may import %s', (file, specifier) => {
    expect(judge(file, specifier).violation).toBeNull()
  })
})

test('imports are read wherever they stand, and only where they are code', () => {
  const source = `import a from 'one'
import {
  b,
  type C,
} from 'two'
import 'three'
export * from 'four'
type D = import('five').D
const late = await import('six')
export const word = from('no')
// import x from 'no'
/*
import y from 'no'
*/
`
  expect(readImports(source)).toEqual([
    { specifier: 'one', line: 1 },
    { specifier: 'two', line: 5 },
    { specifier: 'three', line: 6 },
    { specifier: 'four', line: 7 },
    { specifier: 'five', line: 8 },
    { specifier: 'six', line: 9 },
  ])
})

describe('on a tree of its own', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'parley-imports-'))
    for (const room of Object.keys(ROOMS)) mkdirSync(path.join(root, room, 'src'), { recursive: true })
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('a violation is named with its file and line', () => {
    writeFileSync(
      path.join(root, 'packages/db/src/index.ts'),
      `import '@parley/protocol'\nimport '@parley/domain'\n`,
    )
    expect(checkImports(root, 2).violations).toEqual([
      'packages/db/src/index.ts:2  may not import @parley/domain: packages/db may import only protocol',
    ])
  })

  test('no graph at all is a failure, not a clean bill', () => {
    expect(checkImports(root).violations).toEqual([
      'Only 0 imports between workspaces were seen in 0 files: this check is blind.',
    ])
  })

  test('a room that has gone must leave the table too', () => {
    rmSync(path.join(root, 'packages/sync'), { recursive: true })
    expect(checkImports(root, 0).violations).toEqual([
      'packages/sync  is in the import table but not in the repository',
    ])
  })
})
