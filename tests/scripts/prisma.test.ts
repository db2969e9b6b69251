import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { canConnect, dropDatabase } from '../../scripts/prisma-engine/database.ts'
import { createDatabase } from '../support/database.ts'

const repository = path.join(import.meta.dirname, '../..')

const prisma = (args: string[], env: Record<string, string> = {}) => {
  const command = [path.join(repository, 'scripts/prisma.ts'), ...args]
  return spawnSync(process.execPath, command, {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
}

const database = (name: string) => {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

test('the migrations make exactly what the schema describes', { timeout: 60_000 }, () => {
  const { status, stdout } = prisma([
    ...['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma', '--exit-code'],
  ])
  expect(stdout).toContain('No difference detected.')
  expect(status).toBe(0)
})

test('what our own start applies, Prisma takes for applied', { timeout: 60_000 }, async () => {
  await createDatabase(inject('postgresUrl'), 'as_started', inject('templateDatabase'))
  const { status, stdout, stderr } = prisma(['migrate', 'status'], { DATABASE_URL: database('as_started') })
  expect(stdout + stderr).toContain('Database schema is up to date!')
  expect(status).toBe(0)
  await dropDatabase(database('as_started'))
})

test('a database that is not there or does not answer is told by Prisma’s own codes', async () => {
  expect(await canConnect(database('nowhere'))).toMatchObject({ code: 'P1003' })
  expect(await canConnect('postgresql://127.0.0.1:1/parley')).toMatchObject({ code: 'P1001' })
  expect(await canConnect(database('postgres'))).toBeNull()
})
