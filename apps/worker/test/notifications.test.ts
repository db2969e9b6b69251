import { setTimeout as sleep } from 'node:timers/promises'
import { smtpMailer } from '@parley/adapters/mail'
import { fcmPusher } from '@parley/adapters/push'
import { openQueue, runWorkers, type Workers } from '@parley/adapters/queue/index'
import { freePort, type MailSink, startMailSink } from '@parley/devstack'
import { perform } from '@parley/domain'
import { markRead, sendMessage } from '@parley/domain/messages/index'
import { doJob } from '@parley/domain/outbox/do-job'
import { registerPush } from '@parley/domain/sessions/index'
import type { Id } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { testRedis } from '../../../tests/support/index.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { handlers } from '../src/handlers.ts'
import { type Google, openGoogle } from './google.ts'

/** Everything is real but Google: PostgreSQL, Redis, BullMQ, firebase-admin, SMTP, and the worker's own table of jobs. */
let world: TestDeps
let google: Google
let sink: MailSink
let workers: Workers
const closing: (() => Promise<void>)[] = []
let alice: Someone
let bob: Someone
let conversation: Id

beforeAll(async () => {
  google = await openGoogle()
  sink = await startMailSink({ port: await freePort() })
  const log = { info() {}, warn() {}, error() {} }
  const { url: redisUrl, prefix: redisPrefix } = testRedis()
  const connection = { redisUrl, redisPrefix, name: 'test', log }
  const queue = await openQueue(connection)
  const pusher = fcmPusher(google.config)
  const mailer = smtpMailer({ url: sink.url, from: 'parley@example.org' })
  world = await testDeps({ queue, pusher, mailer, now: () => new Date() })
  workers = await runWorkers(handlers(world.deps), (job, work) => doJob(world.deps, job, work), connection)
  closing.push(
    () => workers.close(),
    () => world.close(),
    () => queue.close(),
    () => pusher.close(),
    () => mailer.close(),
    () => google.close(),
    () => sink.stop(),
  )
  await setting('notifications.pushSeconds', 1)
})
afterAll(async () => {
  for (const close of closing) await close()
})

let count = 0
beforeEach(async () => {
  google.shown.length = 0
  google.failing.clear()
  sink.clear()
  count += 1
  alice = await someone(world, `alice${count}`)
  bob = await someone(world, `bob${count}`)
  conversation = world.deps.newId()
  await world.db
    .sql`INSERT INTO conversations (id, kind, created_by, member_count) VALUES (${conversation}, 'direct', ${alice.id}, 2)`
  for (const { id } of [alice, bob])
    await world.db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${conversation}, ${id})`
})

const setting = (key: string, value: number) =>
  world.db.sql`
    INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`
const say = (text: string) =>
  perform(sendMessage, alice, { id: crypto.randomUUID(), conversation, text }, world.deps)
const phone = (token: string) => perform(registerPush, bob, { kind: 'fcm', token }, world.deps)
const states = async () =>
  (
    await world.db.sql<{
      state: string
    }>`SELECT state FROM notifications WHERE person_id = ${bob.id} ORDER BY id`
  ).map(({ state }) => state)

test('a message that bob does not read comes to his phone, after the wait', async () => {
  await phone('phone-1')
  const began = Date.now()
  await say('Lunch?')
  await expect.poll(() => google.shown, { timeout: 10_000 }).toHaveLength(1)
  expect(Date.now() - began).toBeGreaterThan(950)
  expect(google.shown[0]).toMatchObject({
    token: 'phone-1',
    notification: { title: alice.name, body: 'Lunch?' },
  })
  await expect.poll(states).toEqual(['delivered'])
})

test('what bob reads on his computer meanwhile does not ring his phone', async () => {
  await phone('phone-2')
  await say('one')
  await expect.poll(states, { interval: 20 }).toEqual(['waiting'])
  await perform(markRead, bob, { conversation, seq: 1 }, world.deps)
  await say('two')
  await expect.poll(states, { timeout: 10_000 }).toEqual(['withdrawn', 'delivered'])
  expect(google.shown.map(({ notification }) => notification.body)).toEqual(['two'])
})

test('a phone that does not exist any more is forgotten', async () => {
  await phone('phone-3')
  google.failing.set('phone-3', { status: 404, errorCode: 'UNREGISTERED', times: 1 })
  await say('Lunch?')
  const tokens = () =>
    world.db.sql`SELECT 1 AS there FROM devices WHERE person_id = ${bob.id} AND push_token IS NOT NULL`
  await expect.poll(tokens, { timeout: 10_000 }).toEqual([])
  expect(google.shown).toEqual([])
})

test('when Google fails, it is tried again until it works', async () => {
  await phone('phone-4')
  google.failing.set('phone-4', { status: 500, errorCode: 'INTERNAL', times: 2 })
  await say('Lunch?')
  await expect.poll(() => google.shown, { timeout: 20_000 }).toHaveLength(1)
  await expect.poll(states).toEqual(['delivered'])
  await sleep(500)
  expect(google.shown).toHaveLength(1)
})

test('where there is no device, one mail tells all that waited', async () => {
  // the shortest wait that can be set is a minute: these are planned as if it were nearly over
  const real = world.deps.now
  Object.assign(world.deps, { now: () => new Date(Date.now() - 57_000) })
  await setting('notifications.mailMinutes', 1)
  await say('Lunch?')
  await say('At noon?')
  await expect.poll(states, { timeout: 10_000 }).toEqual(['waiting', 'waiting'])
  Object.assign(world.deps, { now: real })
  await expect.poll(() => sink.messages(), { timeout: 15_000 }).toHaveLength(1)
  await expect.poll(states, { timeout: 10_000 }).toEqual(['delivered', 'delivered'])
  const [mail] = sink.messages()
  expect(mail!.to).toEqual([bob.email])
  expect(mail!.subject).toBe(`${alice.name} sent you 2 messages on Parley`)
  expect(mail!.text).toContain(`http://localhost:3000/c/${conversation}/m/1`)
  expect(mail!.text).toMatch(/Lunch\?.*At noon\?/s)
  await sleep(1_500)
  expect(sink.messages()).toHaveLength(1)
})
