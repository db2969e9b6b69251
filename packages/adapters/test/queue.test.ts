import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@parley/adapters/log'
import { type Handlers, openQueue, runSchedule, runWorkers, type Workers } from '@parley/adapters/queue/index'
import { retryDelay, WORK } from '@parley/adapters/queue/job-table'
import { bullPrefix } from '@parley/adapters/queue/open-queue'
import { EARLY } from '@parley/adapters/queue/put-back'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { freePort, startRedis } from '@parley/devstack'
import type { Jobs } from '@parley/domain'
import { Postponed } from '@parley/domain/postponed'
import { ParleyError } from '@parley/protocol'
import { Queue } from 'bullmq'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onEveryRedis } from '../../../tests/support/index.ts'

let connection: Parameters<typeof openQueue>[0]
let queue: Awaited<ReturnType<typeof openQueue>>
let said: { what: string; error?: { name: string; code?: string } }[]
const running: Workers[] = []

async function workers(handlers: Partial<Handlers>) {
  const nothing = async () => {}
  const all: Handlers = {
    'messages.changed': nothing,
    'notification.deliver': nothing,
    'file.process': nothing,
    'retention.run': nothing,
    'export.make': nothing,
    'mail.send': nothing,
    ...handlers,
  }
  const started = await runWorkers(all, (_, work) => work(), connection)
  running.push(started)
  return started
}

onEveryRedis((testRedis) => {
  beforeEach(async () => {
    const { url, prefix } = testRedis()
    said = []
    const log = openLog({ process: 'test', write: (line) => said.push(JSON.parse(line)) })
    connection = { redisUrl: url, redisPrefix: prefix, name: 'test', log }
    queue = await openQueue(connection)
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((workers) => workers.close()))
    await queue.close()
  })

  test('what was added is done, with its payload, by one of several workers', async () => {
    const done: Jobs['messages.changed'][] = []
    await workers({ 'messages.changed': async (payload) => void done.push(payload) })
    await workers({ 'messages.changed': async (payload) => void done.push(payload) })
    const jobs = Array.from({ length: 50 }, (_, i) => ({
      name: 'messages.changed' as const,
      payload: { changes: [['1', i, i]] as [string, number, number][] },
      outbox: [String(i)],
    }))
    await queue.add([...jobs, { name: 'file.process', payload: { file: '9007199254740993' }, outbox: ['9'] }])
    await expect.poll(() => done.length).toBe(50)
    await sleep(200)
    expect(done.map(({ changes }) => changes[0]![1]).sort((a, b) => a - b)).toEqual(jobs.map((_, i) => i))
    expect((await queue.counts())['file.process']).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 })
  })

  test('a job that the version before has left in the queue is done by this one', async () => {
    const redis = await openRedis(connection.redisUrl, { name: 'before', log: connection.log })
    const prefix = bullPrefix(redis, connection.redisPrefix, 'file.process')
    const before = new Queue('file.process', { connection: redis, prefix })
    await before.add('file.process', { file: '42' })
    await closeRedis(redis)
    const done: Jobs['file.process'][] = []
    await workers({ 'file.process': async (payload) => void done.push(payload) })
    await expect.poll(() => done).toEqual([{ file: '42' }])
  })

  test('a job that is queued is not added again, and may come again once it is done', async () => {
    const job = { name: 'file.process' as const, payload: { file: '42' }, outbox: ['42'] }
    await queue.add([job, job])
    await queue.add([job])
    expect((await queue.counts())['file.process']!.waiting).toBe(1)
    let times = 0
    await workers({ 'file.process': async () => void times++ })
    await expect.poll(() => times).toBe(1)
    await expect.poll(async () => (await queue.counts())['file.process']!.active).toBe(0)
    await queue.add([job])
    await expect.poll(() => times).toBe(2)
  })

  test('one that failed for good may be asked for again', async () => {
    let fail = true
    let times = 0
    await workers({
      'file.process': async () => {
        times++
        if (fail) throw new ParleyError('not_found')
      },
    })
    const job = { name: 'file.process' as const, payload: { file: '42' }, outbox: ['42'] }
    await queue.add([job])
    await expect.poll(async () => (await queue.counts())['file.process']!.failed).toBe(1)
    expect(times).toBe(1)
    fail = false
    await queue.add([job])
    await expect.poll(() => times).toBe(2)
  })

  test('a notification waits its time', async () => {
    const delivered: string[] = []
    const deliver = (id: string, delayMs: number) => ({
      name: 'notification.deliver' as const,
      payload: { notification: id },
      outbox: [id],
      delayMs,
    })
    await queue.add([deliver('1', 400), deliver('2', 600_000)])
    expect((await queue.counts())['notification.deliver']!.delayed).toBe(2)
    await workers({ 'notification.deliver': async ({ notification }) => void delivered.push(notification) })
    await expect.poll(() => delivered).toEqual(['1'])
    expect((await queue.counts())['notification.deliver']!.delayed).toBe(1)
  })

  test('what may work later is tried again; what never will fails at once and says why', async () => {
    let times = 0
    const addresses: string[] = []
    await workers({
      'messages.changed': async () => {
        times++
        if (times < 3) throw new Error('the search index is away')
      },
      'mail.send': async ({ to }) => {
        addresses.push(to)
        throw new ParleyError('bad_input', 'The mail server refuses this address.')
      },
    })
    await queue.add([
      { name: 'messages.changed', payload: { changes: [] }, outbox: ['1'] },
      {
        name: 'mail.send',
        payload: { to: 'nobody@example.org', subject: 's', text: 't' },
        outbox: ['2'],
      },
    ])
    await expect.poll(() => times, { timeout: 10_000 }).toBe(3)
    await expect.poll(async () => (await queue.counts())['mail.send']!.failed).toBe(1)
    expect(addresses).toHaveLength(1)
    expect((await queue.counts())['messages.changed']!.failed).toBe(0)
    expect(
      said.filter(({ what }) => what === 'a job failed').map(({ error }) => error?.code ?? error?.name),
    ).toEqual(expect.arrayContaining(['bad_input', 'Error']))
  })

  test('what is postponed begins anew after its wait, as often as need be, and has used up no attempt', async () => {
    let times = 0
    await workers({
      'export.make': async () => {
        if (++times <= WORK['export.make'].attempts + 2) throw new Postponed('away', 20)
      },
    })
    await queue.add([{ name: 'export.make', payload: { export: '42' }, outbox: ['42'] }])
    await expect.poll(() => times, { timeout: 20_000 }).toBe(WORK['export.make'].attempts + 3)
    await expect
      .poll(async () => (await queue.counts())['export.make'])
      .toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 })
    expect(said.filter(({ what }) => what === 'a job failed')).toEqual([])
  })

  test('of what is postponed again and again a few come early, the others later each time, none past its time', async () => {
    const handed = (id: number) => ({
      name: 'notification.deliver' as const,
      payload: { notification: String(id) },
      outbox: [String(id)],
    })
    const [soon, latest] = [60_000, 100_000]
    await workers({
      'notification.deliver': async ({ notification }) => {
        throw new Postponed('away', soon, notification === 'to be mailed' ? { latestMs: latest } : {})
      },
    })
    const redis = await openRedis(connection.redisUrl, { name: 'looking', log: connection.log })
    const prefix = bullPrefix(redis, connection.redisPrefix, 'notification.deliver')
    const looking = new Queue('notification.deliver', { connection: redis, prefix })
    const ids = Array.from({ length: 12 }, (_, i) => i)
    await queue.add(ids.map(handed))
    await queue.add([{ ...handed(99), payload: { notification: 'to be mailed' } }])
    const allPutBack = async (times: number) => {
      const jobs = () => looking.getDelayed()
      await expect
        .poll(async () => (await jobs()).filter((job) => job.attemptsStarted === times).length, {
          timeout: 20_000,
        })
        .toBe(ids.length + 1)
      return jobs()
    }
    const ROUNDS = 7
    for (let times = 1; times < ROUNDS; times++)
      for (const job of await allPutBack(times)) await job.promote()
    const jobs = await allPutBack(ROUNDS)
    const grown = soon + (WORK['notification.deliver'].firstRetryMs * 2 ** (ROUNDS - 1)) / 2
    const isMailed = ({ data }: (typeof jobs)[number]) => data.payload.notification === 'to be mailed'
    const others = jobs.filter((job) => !isMailed(job)).map(({ delay }) => delay)
    expect(others.filter((delay) => delay < grown).length).toBeLessThanOrEqual(EARLY)
    expect(jobs.filter(({ delay }) => delay <= soon)).toHaveLength(EARLY)
    expect(jobs.find(isMailed)!.delay).toBeLessThanOrEqual(latest)
    expect(jobs.every(({ attemptsMade }) => attemptsMade === 0)).toBe(true)
    await looking.close()
    await closeRedis(redis)
  })

  test('a worker that is told to end finishes what it has begun', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    let finished = false
    const one = await workers({
      'export.make': async () => {
        begin()
        await sleep(500)
        finished = true
      },
    })
    await queue.add([{ name: 'export.make', payload: { export: '1' }, outbox: ['1'] }])
    await begun
    running.splice(0)
    await one.close()
    expect(finished).toBe(true)
    expect((await queue.counts())['export.make']).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 })
  })

  test('a scheduled task runs in one process at a time, and one that fails runs again', async () => {
    let [one, failing, under, most] = [0, 0, 0, 0]
    const schedule = {
      'outbox.relay': {
        everyMs: 100,
        run: async () => {
          most = Math.max(most, ++under)
          // longer than the interval: the next turn comes while this one runs
          await sleep(250)
          under--
          one++
        },
      },
      'always.failing': {
        everyMs: 100,
        run: async () => {
          failing++
          throw new Error('no')
        },
      },
    }
    running.push(await runSchedule(schedule, connection), await runSchedule(schedule, connection))
    await expect.poll(() => one, { timeout: 5_000 }).toBeGreaterThanOrEqual(3)
    await expect.poll(() => failing, { timeout: 5_000 }).toBeGreaterThanOrEqual(3)
    expect(most).toBe(1)
  })
})

test('a Redis that comes back without its memory is told the schedule again', {
  timeout: 60_000,
}, async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'parley-schedule-'))
  const port = await freePort()
  const open = () => startRedis({ dir: home, port })
  let redis = await open()
  let times = 0
  const schedule = { 'outbox.relay': { everyMs: 100, run: async () => void times++ } }
  const one = await runSchedule(schedule, {
    ...{ redisUrl: redis.url, redisPrefix: 'forgetful:', name: 'test' },
    log: openLog({ process: 'test', write: () => {} }),
  })
  await expect.poll(() => times).toBeGreaterThan(0)
  process.kill(redis.pid, 'SIGKILL')
  await redis.ended
  redis = await open()
  const before = times
  await expect.poll(() => times, { timeout: 15_000 }).toBeGreaterThan(before + 2)
  await one.close()
  await redis.stop()
  rmSync(home, { recursive: true, force: true })
})

test('the wait doubles up to its bound', () => {
  const { firstRetryMs, slowestRetryMs } = WORK['mail.send']
  for (const made of [1, 2, 3, 30]) {
    const full = Math.min(firstRetryMs * 2 ** (made - 1), slowestRetryMs)
    expect(retryDelay('mail.send', made)).toBeGreaterThanOrEqual(full * 0.8)
    expect(retryDelay('mail.send', made)).toBeLessThanOrEqual(full)
  }
})
