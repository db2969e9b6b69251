import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, isUnavailable, openDatabase } from '@parley/db'
import { freePort, startPostgres } from '@parley/devstack'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

let home: string
let server: Awaited<ReturnType<typeof startPostgres>>
let connected: pg.Client
let db: Database
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'parley-failures-'))
  chmodSync(home, 0o755)
  server = await startPostgres({ dir: path.join(home, 'postgres'), port: await freePort(), durable: false })
  connected = new pg.Client(server.url)
  await connected.connect()
  db = openDatabase(server.url)
})
afterAll(async () => {
  await db.close()
  await connected.end()
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

test('a connection that breaks while it commits leaves open what was done, and is no fault of ours', async () => {
  const own = new URL(server.url)
  const port = Number(own.port)
  const proxy = createServer((near) => {
    const far = connect(port, own.hostname)
    for (const socket of [near, far]) socket.on('error', () => {})
    far.pipe(near)
    near.on('data', (piece) => (piece.includes('COMMIT') ? near.resetAndDestroy() : far.write(piece)))
    near.on('close', () => far.destroy())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  own.port = String((proxy.address() as AddressInfo).port)
  const through = openDatabase(own.href)
  const said = await through.transaction(async ({ sql }) => sql`SELECT 1`).catch((error: unknown) => error)
  expect(said).toBeInstanceOf(Error)
  expect(isUnavailable(said)).toBe(true)
  await through.close()
  proxy.close()
})

test('a statement that an administrator lets end after a while may be asked again', async () => {
  const hurried = openDatabase(`${server.url}?options=-c%20statement_timeout%3D20`)
  expect(await hurried.sql`SELECT pg_sleep(5)`.catch(isUnavailable)).toBe(true)
  await hurried.close()
})

test('whoever asks while the database takes no connections is told to come again, whichever way they ask', async () => {
  // those connected may go on, newcomers are turned away (PostgreSQL documentation, 18.5, smart shutdown)
  process.kill(server.pid, 'SIGTERM')
  const isTurnedAway = () =>
    db.connection.query('SELECT 1').then(
      () => false,
      (error: { code?: string }) => error.code === '57P03',
    )
  while (!(await isTurnedAway()));
  const said = await Promise.all([
    db.sql`SELECT 1`.catch(isUnavailable),
    db.transaction(async ({ sql }) => sql`SELECT 1`).catch(isUnavailable),
    db.prisma.person.count().catch(isUnavailable),
  ])
  expect(said).toEqual([true, true, true])
})
