import { CannotStart } from '@parley/devstack'
import { afterEach, expect, test, vi } from 'vitest'
import { openProgress } from '../../../scripts/start/progress.ts'

afterEach(() => vi.unstubAllEnvs())

const going = new AbortController().signal

const screen = (isTTY: boolean) => {
  const written: string[] = []
  return { written, write: (text: string) => written.push(text), isTTY, columns: 60 }
}

test('in a log every step is a plain line when it begins and one when it is done', async () => {
  const log = screen(false)
  const progress = openProgress(log, going)
  expect(await progress.step('PostgreSQL', async () => 42)).toBe(42)
  progress.say('Parley is ready.')
  expect(log.written.join('')).toBe('PostgreSQL …\n✓ PostgreSQL\nParley is ready.\n')
})

test('a step that fails is marked, and its error goes on', async () => {
  const log = screen(false)
  const step = openProgress(log, going).step('Redis', async () => {
    throw new CannotStart('Redis is needed')
  })
  await expect(step).rejects.toThrow('Redis is needed')
  expect(log.written.join('')).toBe('Redis …\n✗ Redis\n')
})

test('on a terminal one line moves, and what is said in between does not break it', async () => {
  vi.stubEnv('CI', '')
  vi.stubEnv('TERM', 'xterm')
  const terminal = screen(true)
  const progress = openProgress(terminal, going)
  await progress.step('Build', async (detail) => {
    detail('web')
    progress.say('Worker is ready again')
    await new Promise((resolve) => setTimeout(resolve, 250))
  })
  const text = terminal.written.join('')
  expect(text).toContain('\r\x1b[2KWorker is ready again\n')
  expect(text).toMatch(/⠙ Build {2}0\.\d s {2}web/)
  expect(text.split('\r\x1b[2K').at(-1)).toMatch(/^✓ Build {2}0\.\d s\n$/)
})

test('a step that Ctrl-C broke off did not fail, and none begins after it', async () => {
  const log = screen(false)
  const stopping = new AbortController()
  const progress = openProgress(log, stopping.signal)
  const step = progress.step('PostgreSQL', async () => {
    setTimeout(() => stopping.abort(), 1) // heard only after the wait that it ended
    throw new CannotStart('initdb was interrupted')
  })
  await expect(step).rejects.toThrow()
  await expect(progress.step('Redis', async () => {})).rejects.toBe(stopping.signal.reason)
  expect(log.written.join('')).toBe('PostgreSQL …\n· PostgreSQL\n')
})
