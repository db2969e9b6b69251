import { createServer, type Socket } from 'node:net'
import { smtpMailer } from '@parley/adapters/mail'
import { openQueue, runWorkers } from '@parley/adapters/queue/index'
import { bullPrefix } from '@parley/adapters/queue/open-queue'
import { closeRedis, openRedis, type Redis } from '@parley/adapters/redis'
import { joinWorkers } from '@parley/adapters/registry/join-workers'
import { redisRegistry } from '@parley/adapters/registry/read'
import { freePort, startMailSink } from '@parley/devstack'
import { perform } from '@parley/domain'
import { invite } from '@parley/domain/accounts/index'
import { doJob } from '@parley/domain/outbox/do-job'
import { figures } from '@parley/domain/overview/index'
import { Queue } from 'bullmq'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CLOSED, type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { testRedis } from '../../../tests/support/index.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { handlers } from '../src/handlers.ts'

/** A mail server that goes away and comes back at the same address, while invitations wait to be sent. */
let world: TestDeps
let dan: Someone
let port: number
let redis: Redis
let jobs: Queue
const closing: (() => unknown)[] = []

beforeEach(async () => {
  const { url: redisUrl, prefix: redisPrefix } = testRedis()
  const log = { info() {}, warn() {}, error() {} }
  const connection = { redisUrl, redisPrefix, name: 'test', log }
  port = await freePort()
  redis = await openRedis(redisUrl, { name: 'test', keyPrefix: redisPrefix, log })
  const bullRedis = await openRedis(redisUrl, { name: 'test-jobs', log })
  jobs = new Queue('mail.send', {
    connection: bullRedis,
    prefix: bullPrefix(bullRedis, redisPrefix, 'mail.send'),
  })
  const queue = await openQueue(connection)
  const mailer = smtpMailer({
    ...{ url: `smtp://127.0.0.1:${port}`, from: 'parley@example.org', probeMs: 1_000, connectMs: 500 },
  })
  const pusher = { configured: false, circuit: () => CLOSED, send: () => Promise.reject(new Error('none')) }
  world = await testDeps({ queue, mailer, pusher, registry: redisRegistry(redis), now: () => new Date() })
  const { deps } = world
  const workers = await runWorkers(handlers(deps), (job, work) => doJob(deps, job, work), connection)
  const place = joinWorkers(redis, { node: 'worker-1', deps })
  closing.push(
    () => world.close(),
    () => mailer.close(),
    () => queue.close(),
    () => closeRedis(bullRedis),
    () => jobs.close(),
    () => closeRedis(redis),
    () => place.leave(),
    () => workers.close(),
  )
  dan = await someone(world, 'dan', 'administrator')
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const GUESTS = Array.from({ length: 30 }, (_, i) => `guest${i}@example.org`)
const inviteAll = () =>
  Promise.all(GUESTS.map((email) => perform(invite, dan, { email, name: 'Guest' }, world.deps)))
const shown = async () => (await perform(figures, dan, {}, world.deps)).workers![0]?.circuits.mail?.state
/** Once the mail server counts as away and all that was to be sent waits. */
async function putOff() {
  await expect.poll(shown, { timeout: 20_000 }).not.toBe('closed')
  await expect
    .poll(async () => (await jobs.getDelayed()).length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(GUESTS.length - 1)
}
const attempts = async () => {
  const waiting = await jobs.getJobs(['delayed', 'active', 'wait', 'prioritized'])
  return waiting.reduce((sum, job) => sum + job.attemptsMade, 0)
}
async function comesBack() {
  const sink = await startMailSink({ port })
  // after the mailer, which holds connections to it
  closing.unshift(() => sink.stop())
  // those that come early find out; the others may wait for as long again as it was away
  await expect.poll(() => world.deps.mailer.circuit().state, { timeout: 20_000 }).toBe('closed')
  await jobs.promoteJobs()
  await expect.poll(() => sink.messages().length, { timeout: 40_000 }).toBe(GUESTS.length)
  await expect.poll(() => world.db.sql`SELECT 1 AS left FROM outbox`, { timeout: 20_000 }).toEqual([])
  const sent = sink.messages().flatMap(({ to }) => to)
  expect(sent.sort()).toEqual([...GUESTS].sort())
  await expect.poll(shown, { timeout: 10_000 }).toBe('closed')
  expect((await world.deps.queue.counts())['mail.send']).toMatchObject({ delayed: 0, failed: 0 })
}

test('while nothing answers at the mail server, mails are put back without losing attempts, and all go out once', {
  timeout: 90_000,
}, async () => {
  await inviteAll()
  await putOff()
  // longer than several probes take
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  expect(await attempts()).toBeLessThanOrEqual(4)
  await comesBack()
})

test('a mail server that hangs keeps a few mails waiting and no more; the rest are put back', {
  timeout: 90_000,
}, async () => {
  const sockets: Socket[] = []
  const hanging = createServer((socket) => void sockets.push(socket.on('error', () => {})))
  await new Promise<void>((resolve) => hanging.listen(port, '127.0.0.1', resolve))
  await inviteAll()
  await putOff()
  expect(sockets.length).toBeLessThan(GUESTS.length / 2)
  expect(await attempts()).toBeLessThanOrEqual(4)
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => hanging.close(resolve))
  await comesBack()
})
