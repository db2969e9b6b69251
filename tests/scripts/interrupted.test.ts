import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const CHAOS = ['chaos.ts', '--no-pages', '--people', '4', '--only', 'stop-node', '--round', '30']
const BENCH = ['bench.ts', '--only', 'direct', '--rounds', '1']
const FUZZ = ['fuzz.ts', '--only', 'frames', '--minutes', '1']
const PATIENCE_MS = 60_000
const PATIENCE = { timeout: PATIENCE_MS, interval: 50 }
/** A state in proc(5): SIGSTOP. */
const STANDS_STILL = 'T'
/** What was killed is gone a moment later. */
const AT_ONCE = { timeout: 2_000, interval: 50 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-interrupted-'))
  chmodSync(folder, 0o755)
})
afterEach(() => {
  for (const { pid } of begun()) process.kill(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A command in a terminal of its own, which makes its folders in `folder`. */
function begin([file, ...args]: string[]) {
  const child = spawn(process.execPath, [path.join(root, 'scripts', file!), ...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    pid: child.pid!,
    ended,
    /** Waits until one of its processes, by what stands in its command line, is there and in this state. @returns its id */
    async has(command: string, state = ''): Promise<number> {
      const until = performance.now() + PATIENCE_MS
      while (performance.now() < until && child.exitCode === null) {
        const found = begun().find((one) => one.command.includes(command) && one.state.includes(state))
        if (found) return found.pid
        await sleep(50)
      }
      throw new Error(`No ${command} ${state} came up. It said:\n${said}`)
    },
  }
}

type Process = { pid: number; state: string; command: string }
/** Processes that `folder` is known to, or that are in it; those that have ended are left out. */
function begun(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8')
        const command = read('cmdline').replaceAll('\0', ' ')
        const known = `${command}${read('environ')}${readlinkSync(`/proc/${pid}/cwd`)}`
        const state = /\) (\w) /.exec(read('stat'))?.[1] ?? ''
        return known.includes(folder) ? [{ pid: Number(pid), state, command }] : []
      } catch {
        // it has ended meanwhile
        return []
      }
    })
}

async function nothingIsLeft(): Promise<void> {
  await expect.poll(() => begun(), AT_ONCE).toEqual([])
  expect(readdirSync(folder)).toEqual([])
}

describe.runIf(existsSync('/proc/self/environ'))(
  'an interrupted command leaves no process and no folder',
  { timeout: 120_000 },
  () => {
    test('chaos by Ctrl-C, while a node stands still', async () => {
      const chaos = begin(CHAOS)
      await chaos.has('apps/realtime', STANDS_STILL)
      // as a terminal does: to everybody in it
      process.kill(-chaos.pid, 'SIGINT')
      expect(await chaos.ended).toBe(130)
      await nothingIsLeft()
    })

    test('chaos by SIGTERM, while PostgreSQL is being set up', async () => {
      const chaos = begin(CHAOS)
      await chaos.has('initdb')
      process.kill(chaos.pid, 'SIGTERM')
      expect(await chaos.ended).toBe(143)
      await nothingIsLeft()
    })

    test.each([
      ['Ctrl-C, pressed twice', ['SIGINT', 'SIGINT'], 130],
      ['SIGTERM', ['SIGTERM'], 143],
    ] as const)('bench by %s', async (_, signals, code) => {
      const bench = begin(BENCH)
      await bench.has('load/parley.ts')
      for (const signal of signals) process.kill(signal === 'SIGINT' ? -bench.pid : bench.pid, signal)
      expect(await bench.ended).toBe(code)
      await nothingIsLeft()
    })

    test('bench that an error ends, while its database is being set up', async () => {
      const bench = begin(BENCH)
      await bench.has('redis-server')
      process.kill(await bench.has('bin/postgres -D'), 'SIGKILL')
      expect(await bench.ended).toBe(1)
      await nothingIsLeft()
    })

    test.each([
      ['Ctrl-C', 'SIGINT', 130],
      ['SIGTERM', 'SIGTERM', 143],
    ] as const)('fuzz by %s, while its tests have folders of their own', async (_, signal, code) => {
      const fuzz = begin(FUZZ)
      await fuzz.has('workers/forks.js')
      await expect.poll(() => globSync('**/parley-realtime-*', { cwd: folder }), PATIENCE).toHaveLength(1)
      process.kill(signal === 'SIGINT' ? -fuzz.pid : fuzz.pid, signal)
      expect(await fuzz.ended).toBe(code)
      await nothingIsLeft()
    })
  },
)
