import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, isPortFree } from '@parley/devstack'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockFolder } from '../../../scripts/start/lock.ts'

const START = path.join(import.meta.dirname, '../../../scripts/start.mjs')

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'parley-start-'))
  chmodSync(home, 0o755)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Runs npm start's program until it ends by itself. */
async function start(env: Record<string, string>, { args = [] as string[], node = [] as string[] } = {}) {
  const child = spawn(process.execPath, [...node, START, ...args], {
    env: { PATH: process.env.PATH, PARLEY_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const [code] = await once(child, 'close')
  return { code, out, err: err.trim() }
}

test('Ctrl-C while PostgreSQL makes its first folder stops everything, and is no failure', async () => {
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env.PATH, PARLEY_HOME: home, PARLEY_PORT: await base() },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  const draft = path.join(home, 'postgres.new')
  await expect.poll(() => existsSync(draft), { timeout: 30_000, interval: 20 }).toBe(true)
  process.kill(-(child.pid ?? 0), 'SIGINT') // as a terminal does: to everybody in it
  expect(await once(child, 'close')).toEqual([0, null])
  expect(out).toMatch(/· PostgreSQL.*\n\nStopping …\nEverything has stopped\. The data stay\.\n$/)
})

describe('what npm start cannot do is one sentence, exit code 1 and nothing left behind', () => {
  test('too old a Node', async () => {
    const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`
    const { code, out, err } = await start({}, { node: ['--import', old] })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^Parley needs Node 24, or 22 from 22\.18 on, and this is v[\d.]+: install one .*\.$/)
  })

  test('a taken port', async () => {
    const squatter = createServer()
    const first = Number(await base())
    await once(squatter.listen(first + 1, '127.0.0.1'), 'listening')
    const { code, err } = await start({ PARLEY_PORT: String(first) })
    squatter.close()
    expect(code).toBe(1)
    expect(err).toContain(`Port ${first + 1} (console) is taken`)
    expect(err.split('\n')).toHaveLength(1)
  })

  test('a wrong DATABASE_URL', async () => {
    const port = await freePort()
    const { code, err } = await start({
      DATABASE_URL: `postgresql://127.0.0.1:${port}/parley`,
      PARLEY_PORT: await base(),
    })
    expect(code).toBe(1)
    expect(err).toBe(
      `DATABASE_URL does not lead to a database that lets us in: connect ECONNREFUSED 127.0.0.1:${port}.`,
    )
  })

  test('a wrong REDIS_URL, found when PostgreSQL already runs', async () => {
    const port = await freePort()
    const first = await base()
    const { code, err, out } = await start({ REDIS_URL: `redis://127.0.0.1:${port}`, PARLEY_PORT: first })
    expect(code).toBe(1)
    expect(err).toBe(
      `REDIS_URL does not lead to a Redis that lets us in: connect ECONNREFUSED 127.0.0.1:${port}. Start Redis there or correct the address.`,
    )
    expect(out).toContain('✓ PostgreSQL')
    expect(await isPortFree(Number(first) + 7)).toBe(true)
    expect(existsSync(path.join(home, 'postgres/postmaster.pid'))).toBe(false)
  })

  test('a second start on the same data', async () => {
    const lock = await lockFolder(home, 'running', 'process 4711, http://localhost:3000')
    const { code, err } = await start({ PARLEY_PORT: await base() })
    if ('release' in lock) lock.release()
    expect(code).toBe(1)
    expect(err).toBe(
      `Parley is already running on ${home} (process 4711, http://localhost:3000): stop it, or set PARLEY_HOME.`,
    )
  })
})

/** The first of nine ports that are most likely free: far from those that the system hands out by itself. */
async function base(): Promise<string> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 1_000) * 9
    const free = await Promise.all(Array.from({ length: 9 }, (_, index) => isPortFree(first + index)))
    if (free.every(Boolean)) return String(first)
  }
}
