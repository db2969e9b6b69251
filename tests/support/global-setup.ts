import path from 'node:path'
import { migrate } from '@parley/db/migrate'
import { freePort, leaveNothing, startPostgres, startRedis, temporaryFolder } from '@parley/devstack'
import type { TestProject } from 'vitest/node'
import { createDatabase } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    templateDatabase: string
    redisUrl: string
  }
}

const TEMPLATE = 'parley_template'

/**
 * Once per run: a PostgreSQL and a Redis of our own, and one database with all migrations applied, which every test
 * database is a copy of. Nothing outlives the run, be it interrupted: whatever folders tests make are in ours.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  leaveNothing()
  const { path: home, remove } = temporaryFolder('test')
  process.env.TMPDIR = home
  const started = await Promise.allSettled([
    startPostgres({ dir: path.join(home, 'postgres'), port: await freePort(), durable: false }),
    startRedis({ dir: path.join(home, 'redis'), port: await freePort() }),
  ])
  const teardown = async () => {
    await Promise.all(started.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)))
    remove()
  }
  try {
    const [postgres, redis] = started
    if (postgres.status === 'rejected') throw postgres.reason
    if (redis.status === 'rejected') throw redis.reason
    await createDatabase(postgres.value.url, TEMPLATE)
    await migrate(databaseUrl(postgres.value.url, TEMPLATE))
    project.provide('postgresUrl', postgres.value.url)
    project.provide('templateDatabase', TEMPLATE)
    project.provide('redisUrl', redis.value.url)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
