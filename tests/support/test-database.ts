import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase, dropDatabase } from './database.ts'

export type TestDatabase = {
  url: string
  /** Closes whatever is still connected to it. */
  drop(): Promise<void>
}

/** A database with all migrations applied and nothing in it, in some 50 ms. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await createDatabase(server, name, inject('templateDatabase'))
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => dropDatabase(server, name) }
}
