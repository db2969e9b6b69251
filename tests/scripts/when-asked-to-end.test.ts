import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const file = path.join(import.meta.dirname, '../../scripts/when-asked-to-end.ts')
/** Says so when it is asked, and goes on. */
const PROGRAM = `
  const { whenAskedToEnd } = await import(${JSON.stringify(file)})
  whenAskedToEnd((code) => console.log('asked ' + code))
  console.log(process.pid)
  setTimeout(() => {}, 10_000)`

/** By a shell that stays, as npm starts what package.json names. @returns the lines that it says, and their shell */
function begin(env: Record<string, string>) {
  const shell = spawn(
    '/bin/sh',
    ['-c', '"$0" --input-type=module -e "$1"; exit $?', process.execPath, PROGRAM],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const lines = createInterface({ input: shell.stdout })
  const next = async () => ((await once(lines, 'line')) as [string])[0]
  return { shell, next }
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s is told by the exit code that a shell would give, each time', async (signal, code) => {
  const { next } = begin({})
  const pid = Number(await next())
  for (let times = 0; times < 2; times++) {
    process.kill(pid, signal)
    expect(await next()).toBe(`asked ${code}`)
  }
  process.kill(pid, 'SIGKILL')
})

test('when npm is ended, whose shell hands no signal on, what it started hears of it', async () => {
  const { shell, next } = begin({ npm_lifecycle_event: 'chaos' })
  const pid = Number(await next())
  shell.kill('SIGTERM')
  expect(await next()).toBe('asked 143')
  process.kill(pid, 'SIGKILL')
})

test('whoever is not started by npm outlives the shell that started it', async () => {
  const { shell, next } = begin({})
  const pid = Number(await next())
  shell.kill('SIGTERM')
  const said = await Promise.race([next(), new Promise((resolve) => setTimeout(resolve, 2_000, 'nothing'))])
  expect(said).toBe('nothing')
  process.kill(pid, 'SIGKILL')
})
