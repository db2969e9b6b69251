import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { smtpMailer } from '@parley/adapters/mail'
import { fcmPusher } from '@parley/adapters/push'
import { openQueue, runSchedule, runWorkers, type Workers } from '@parley/adapters/queue/index'
import { freePort, type MailSink, startMailSink, startRedis } from '@parley/devstack'
import { perform } from '@parley/domain'
import { invite } from '@parley/domain/accounts/index'
import { search, sendMessage } from '@parley/domain/messages/index'
import { doJob } from '@parley/domain/outbox/do-job'
import { registerPush } from '@parley/domain/sessions/index'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { handlers } from '../src/handlers.ts'
import { schedule } from '../src/schedule.ts'
import { type Google, openGoogle } from './google.ts'

/** A Redis of the test's own, which is killed and comes back without its memory while jobs wait in it. */
let world: TestDeps
let google: Google
let sink: MailSink
let connection: Parameters<typeof openQueue>[0]
let lose: () => Promise<void>
let alice: Someone
let bob: Someone
let dan: Someone
let conversation: Id
const closing: (() => unknown)[] = []

beforeEach(async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'parley-forgotten-'))
  const port = await freePort()
  let redis = await startRedis({ dir: home, port })
  lose = async () => {
    process.kill(redis.pid, 'SIGKILL')
    await redis.ended
    redis = await startRedis({ dir: home, port })
  }
  const log = { info() {}, warn() {}, error() {} }
  connection = { redisUrl: redis.url, redisPrefix: 'forgotten:', name: 'test', log }
  google = await openGoogle()
  sink = await startMailSink({ port: await freePort() })
  const queue = await openQueue(connection)
  const pusher = fcmPusher(google.config)
  const mailer = smtpMailer({ url: sink.url, from: 'parley@example.org' })
  world = await testDeps({ queue, pusher, mailer, now: () => new Date() })
  closing.push(
    () => rmSync(home, { recursive: true, force: true }),
    () => redis.stop(),
    () => sink.stop(),
    () => google.close(),
    () => mailer.close(),
    () => pusher.close(),
    () => queue.close(),
    () => world.close(),
  )
  alice = await someone(world, 'alice')
  bob = await someone(world, 'bob')
  dan = await someone(world, 'dan', 'administrator')
  conversation = world.deps.newId()
  await world.db
    .sql`INSERT INTO conversations (id, kind, created_by, member_count) VALUES (${conversation}, 'direct', ${alice.id}, 2)`
  for (const { id } of [alice, bob])
    await world.db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${conversation}, ${id})`
  await world.db.sql`INSERT INTO settings (key, value) VALUES ('notifications.pushSeconds', '1'::jsonb)`
  await perform(registerPush, bob, { kind: 'fcm', token: 'phone' }, world.deps)
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function work(): Promise<Workers> {
  const { deps } = world
  const workers = await runWorkers(handlers(deps), (job, does) => doJob(deps, job, does), connection)
  closing.push(() => workers.close())
  return workers
}
async function relay(): Promise<void> {
  const turns = await runSchedule({ 'outbox.relay': schedule(world.deps)['outbox.relay']! }, connection)
  closing.push(() => turns.close())
}
const say = async (text: string) => {
  await perform(sendMessage, alice, { id: crypto.randomUUID(), conversation, text }, world.deps)
  await world.deps.messages.drain()
}
const waiting = async () => (await world.db.sql<{ n: number }>`SELECT count(*)::int AS n FROM outbox`)[0]!.n
const queued = async (name: string) => {
  const { waiting, delayed } = (await world.deps.queue.counts())[name]!
  return waiting + delayed
}
/** As if the time had passed after which what is not done counts as lost. */
const due = () => world.db.sql`UPDATE outbox SET due_at = now()`

test('what waits when Redis loses its memory is found, notified and mailed all the same, once', {
  timeout: 90_000,
}, async () => {
  await say('grey herons')
  await perform(invite, dan, { email: 'carol@example.org', name: 'Carol' }, world.deps)
  await expect.poll(() => queued('messages.changed')).toBe(1)
  await expect.poll(() => queued('mail.send')).toBe(1)
  await lose()
  await expect.poll(() => queued('messages.changed').catch(() => -1)).toBe(0)
  await relay()
  await work()
  await expect.poll(() => google.shown, { timeout: 40_000 }).toHaveLength(1)
  await expect.poll(waiting, { timeout: 40_000 }).toBe(0)
  const found = await perform(search, bob, { query: 'herons' }, world.deps)
  expect(found.items).toHaveLength(1)
  expect(sink.messages().map(({ to }) => to)).toEqual([['carol@example.org']])
})

test('a notification that waits its time is not forgotten with it', { timeout: 90_000 }, async () => {
  const first = await work()
  await world.db.sql`UPDATE settings SET value = '5'::jsonb WHERE key = 'notifications.pushSeconds'`
  await say('Lunch?')
  await expect.poll(() => queued('notification.deliver')).toBe(1)
  await first.close()
  await lose()
  await relay()
  await work()
  await expect.poll(() => google.shown, { timeout: 40_000 }).toHaveLength(1)
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0)
})

test('what is handed out again although it is queued still tells nobody twice', {
  timeout: 90_000,
}, async () => {
  await say('Lunch?')
  await perform(invite, dan, { email: 'carol@example.org', name: 'Carol' }, world.deps)
  await relay()
  for (let i = 0; i < 2; i++) {
    await due()
    // handed out by the relay, which puts the rows off
    await expect
      .poll(() => world.db.sql`SELECT 1 AS due FROM outbox WHERE due_at < now() + interval '10 seconds'`, {
        timeout: 15_000,
      })
      .toEqual([])
  }
  await work()
  await expect.poll(() => google.shown, { timeout: 20_000 }).toHaveLength(1)
  await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
  await expect.poll(() => queued('messages.changed')).toBe(0)
  await expect.poll(() => queued('mail.send')).toBe(0)
  expect(google.shown).toHaveLength(1)
  expect(sink.messages()).toHaveLength(1)
})
