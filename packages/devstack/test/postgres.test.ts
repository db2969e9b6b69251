import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CannotStart, freePort, startPostgres } from '../src/index.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'parley-devstack-'))
  chmodSync(home, 0o755)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const query = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('embedded PostgreSQL', () => {
  test('keeps what was written for the next start on the same folder', async () => {
    const dir = path.join(home, 'postgres')
    const first = await startPostgres({ dir, port: await freePort() })
    await query(first.url, `CREATE TABLE said (by text); INSERT INTO said VALUES ('alice')`)
    await first.stop()

    const second = await startPostgres({ dir, port: await freePort() })
    expect(await query(second.url, 'SELECT by FROM said')).toEqual([{ by: 'alice' }])
    await second.stop()
    expect(readdirSync(home)).toEqual(['postgres'])
  })

  test('knows letters beyond English and sorts the same everywhere', async () => {
    const server = await startPostgres({
      dir: path.join(home, 'postgres'),
      port: await freePort(),
      durable: false,
    })
    await query(server.url, 'CREATE EXTENSION pg_trgm')
    const [row] = await query(
      server.url,
      `SELECT lower('ÀÉ') AS lower, cardinality(show_trgm('日本語')) AS trigrams`,
    )
    expect(row).toEqual({ lower: 'àé', trigrams: 4 })
    await server.stop()
  })

  test('lets nobody in without the password', async () => {
    const server = await startPostgres({
      dir: path.join(home, 'pg'),
      port: await freePort(),
      password: 'open sesame',
    })
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    const without = new URL(server.url)
    without.password = ''
    await expect(query(without.href, 'SELECT 1')).rejects.toThrow(/password/)
    await server.stop()
  })

  test('says in one sentence that its port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as { port: number }
    const start = startPostgres({ dir: path.join(home, 'postgres'), port })
    await expect(start).rejects.toThrow(
      new CannotStart(
        `Port ${port}, meant for PostgreSQL, is taken: stop what listens there or choose another.`,
      ),
    )
    squatter.close()
  })

  test('refuses data of another version instead of touching it', async () => {
    writeFileSync(path.join(home, 'PG_VERSION'), '15\n')
    await expect(startPostgres({ dir: home, port: await freePort() })).rejects.toThrow(
      /PostgreSQL 15, and this is 18/,
    )
  })

  test('starts over the lock file of a process that is long gone', async () => {
    const dir = path.join(home, 'postgres')
    const first = await startPostgres({ dir, port: await freePort(), durable: false })
    await first.stop()
    // the id is alive but belongs to somebody else, as after a container's restart
    writeFileSync(path.join(dir, 'postmaster.pid'), `${process.pid}\n${dir}\n1700000000\n5432\n\n127.0.0.1\n`)
    const second = await startPostgres({ dir, port: await freePort(), durable: false })
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await second.stop()
  })

  test('ends by itself when the process that started it is killed outright', async () => {
    const port = await freePort()
    const devstack = path.join(import.meta.dirname, '../src/index.ts')
    const program = `const { startPostgres } = await import(${JSON.stringify(devstack)})
      const server = await startPostgres({ dir: ${JSON.stringify(path.join(home, 'pg'))}, port: ${port}, durable: false })
      console.log(server.pid); setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(process.kill(pid, 0)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
    await sleep(100)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
