import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const devstack = path.join(import.meta.dirname, '../src/index.ts')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-nothing-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Somebody who makes a folder with things in it, starts two children and stops one of them (SIGSTOP), tells their ids,
 * and does what `end` says.
 */
async function someone(end: string) {
  const program = `
    const { leaveNothing, spawnChild, temporaryFolder } = await import(${JSON.stringify(devstack)})
    const { mkdirSync, writeFileSync } = await import('node:fs')
    leaveNothing()
    const { path } = temporaryFolder('made')
    mkdirSync(path + '/deep')
    writeFileSync(path + '/deep/file', '')
    const start = (name) => spawnChild({ name, command: 'sleep', args: ['60'], stopWith: [['SIGTERM', 5_000]] }).pid
    const [going, standing] = [start('who goes on'), start('who stands still')]
    process.kill(standing, 'SIGSTOP')
    console.log(JSON.stringify([going, standing]))
    setTimeout(() => { ${end} }, 200)
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [code] = await once(child, 'exit')
  return { code, children: JSON.parse(line.toString()) as number[] }
}

test.each([
  ['calls process.exit', 'process.exit(7)', 7],
  ['throws what nobody catches', "throw new Error('broken')", 1],
  ['lets a promise fail that nobody looks at', "void Promise.reject(new Error('broken'))", 1],
])('who %s leaves no process, even one that stands still, and no folder', async (_, end, expected) => {
  const { code, children } = await someone(end)
  expect(code).toBe(expected)
  expect(readdirSync(folder)).toEqual([])
  await expect.poll(() => children.filter(isAlive), { timeout: 1_000 }).toEqual([])
})

// what PostgreSQL, Redis and nodes of a run that was killed need not wait 20 s for
test('a child that stood still when whoever started it was killed outright ends as soon as the others', async () => {
  const { children } = await someone("process.kill(process.pid, 'SIGKILL')")
  await expect.poll(() => children.filter(isAlive), { timeout: 3_000 }).toEqual([])
})

test('the folder of somebody who was killed outright goes, too', async () => {
  await someone("process.kill(process.pid, 'SIGKILL')")
  await expect.poll(() => readdirSync(folder), { timeout: 3_000 }).toEqual([])
})

test('a folder that is kept stays', async () => {
  const program = `
    const { leaveNothing, temporaryFolder } = await import(${JSON.stringify(devstack)})
    leaveNothing()
    temporaryFolder('gone')
    temporaryFolder('kept').keep()
    process.exit(0)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TMPDIR: folder },
    stdio: 'inherit',
  })
  await once(child, 'exit')
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^parley-kept-/)])
})

/** One that has ended, and whose end nobody has asked for yet, is not. */
function isAlive(pid: number): boolean {
  if (existsSync('/proc/self/stat')) {
    const stat = `/proc/${pid}/stat`
    return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'))
  }
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
