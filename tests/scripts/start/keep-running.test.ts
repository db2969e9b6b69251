import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart, spawnChild } from '@parley/devstack'
import { expect, test } from 'vitest'
import { DEATHS_ALLOWED, keepRunning } from '../../../scripts/start/keep-running.ts'

/** A process that says that it is ready, lives for a while and dies with some last words. */
const shortLived = (ms: number) => {
  const code = `console.log('ready'); setTimeout(() => { console.error('out of luck'); process.exit(3) }, ${ms})`
  return async () => {
    const child = spawnChild({
      name: 'it',
      command: process.execPath,
      args: ['-e', code],
      stopWith: [['SIGTERM', 2_000]],
    })
    await child.line(/ready/, 5_000)
    return child
  }
}

test('a process that dies is started again, with a line that says so', async () => {
  const said: string[] = []
  const kept = await keepRunning({
    name: 'Worker',
    start: shortLived(50),
    say: (line) => said.push(line),
    giveUp: () => {},
  })
  await expect.poll(() => said.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2)
  await kept.stop()
  expect(said.slice(0, 2)).toEqual([
    'Worker ended unexpectedly (exit code 3); starting it again',
    'Worker is ready again',
  ])
})

test('one that dies over and over is given up, and its last words are told', async () => {
  let starts = 0
  const start = shortLived(20)
  const reason = await new Promise<CannotStart>((giveUp, reject) => {
    const counted = () => {
      starts += 1
      return start()
    }
    keepRunning({ name: 'Worker', start: counted, say: () => {}, giveUp }).catch(reject)
  })
  expect(starts).toBe(DEATHS_ALLOWED + 1)
  expect(reason.message).toMatch(
    /^Worker died 6 times within a minute, so everything was stopped\. Its last output:\n(.|\n)*out of luck/,
  )
})

test('one that does not come up the first time is not tried again', async () => {
  let starts = 0
  const start = async () => {
    starts += 1
    throw new CannotStart('no such file')
  }
  await expect(keepRunning({ name: 'Worker', start, say: () => {}, giveUp: () => {} })).rejects.toThrow(
    'no such file',
  )
  expect(starts).toBe(1)
})

test('stopping is no death', async () => {
  const said: string[] = []
  const kept = await keepRunning({
    name: 'Worker',
    start: shortLived(60_000),
    say: (line) => said.push(line),
    giveUp: (reason) => said.push(reason.message),
  })
  await kept.stop()
  await sleep(100)
  expect(said).toEqual([])
})
