import { perform } from '@parley/domain'
import { deleteMessage, markRead, markThreadRead } from '@parley/domain/messages/index'
import {
  deliverNotification,
  notificationsOverview,
  setNotificationPreferences,
} from '@parley/domain/notifications/index'
import type { Circuit, Mail, PushMessage, PushOutcome } from '@parley/domain/ports'
import { Postponed } from '@parley/domain/postponed'
import { setAvailability } from '@parley/domain/presence/index'
import { registerPush, revokeMyOtherSessions } from '@parley/domain/sessions/index'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CLOSED } from '../../../../tests/support/deps.ts'
import { onAnotherDevice, type Someone, someone } from '../../../../tests/support/people.ts'
import { openWorld, system, type World } from './world.ts'

const MINUTE = 60_000
let world: World
let direct: Id
let sent: { token: string; message: PushMessage }[]
let answers: Map<string, PushOutcome | Error>
let configured: boolean
let circuit: Circuit

beforeEach(async () => {
  sent = []
  answers = new Map()
  configured = true
  circuit = CLOSED
  world = await openWorld({
    pusher: {
      get configured() {
        return configured
      },
      circuit: () => circuit,
      async send(token, message) {
        sent.push({ token, message })
        const answer = answers.get(token) ?? 'sent'
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  })
  direct = await world.talk('direct', [world.alice, world.bob])
})
afterEach(() => world.close())

const withPhone = (who: Someone, token: string) =>
  perform(registerPush, who, { kind: 'fcm', token }, world.deps)
/** A message, planned; answers its notification for the person. */
async function noted(
  who: Someone,
  conversation: Id,
  text: string,
  to: Someone,
  more: object = {},
): Promise<Id> {
  const message = await world.say(who, conversation, text, more)
  await world.plan()
  const [row] = await world.db.sql<{ id: Id }>`
    SELECT id FROM notifications WHERE message_id = ${message} AND person_id = ${to.id}`
  return row!.id
}
const deliver = (notification: Id) => perform(deliverNotification, system, { notification }, world.deps)
async function stateOf(notification: Id) {
  const [row] = await world.db.sql<{ state: string; steps: { step: string }[] }>`
    SELECT state, steps FROM notifications WHERE id = ${notification}`
  return [row!.state, ...row!.steps.map(({ step }) => step)]
}
const mails = () => world.jobs.flatMap((job): Mail[] => (job.name === 'mail.send' ? [job.payload] : []))

test('bob’s two devices are told who wrote, where and what, once', async () => {
  await withPhone(world.bob, 'phone')
  await withPhone(await onAnotherDevice(world, world.bob), 'tablet')
  const one = await noted(world.alice, direct, `Lunch,  <@${world.bob.id}>?\nAt **noon**`, world.bob)
  await deliver(one)
  await deliver(one)
  expect(sent.map(({ token }) => token).sort()).toEqual(['phone', 'tablet'])
  const [message] = await world.db.sql<{
    message_id: Id
  }>`SELECT message_id FROM notifications WHERE id = ${one}`
  expect(sent[0]!.message).toEqual({
    title: 'alice',
    body: 'Lunch, @bob? At **noon**',
    collapse: `conversation-${direct}`,
    data: {
      notification: one,
      conversation: direct,
      message: message!.message_id,
      url: `http://localhost:3000/c/${direct}/m/1`,
    },
  })
  expect(await stateOf(one)).toEqual(['delivered', 'pushed', 'pushed'])
  expect(mails()).toEqual([])
})

test('what a push says is for administrators to decide', async () => {
  await withPhone(world.bob, 'phone')
  const says = async (content: string) => {
    await world.setting('notifications.content', content)
    await deliver(await noted(world.alice, world.channel, `<@${world.bob.id}> the secret plan`, world.bob))
    const { title, body } = sent.at(-1)!.message
    return [title, body]
  }
  expect(await says('text')).toEqual(['alice in #general', '@bob the secret plan'])
  expect(await says('sender')).toEqual(['alice in #general', 'mentioned you'])
  expect(await says('nothing')).toEqual(['Parley', 'There is something new.'])
  expect(JSON.stringify(sent.at(-1))).not.toMatch(/alice|general|secret/)
})

test.each([
  [
    'bob read it on another device',
    () => perform(markRead, world.bob, { conversation: direct, seq: 1 }, world.deps),
    'read',
  ],
  [
    'alice deleted it',
    (message: Id) => perform(deleteMessage, world.alice, { conversation: direct, message }, world.deps),
    'gone',
  ],
  [
    'bob left',
    async () => world.db.sql`UPDATE memberships SET left_at = now() WHERE person_id = ${world.bob.id}`,
    'unreachable',
  ],
  [
    'bob was deactivated',
    async () => world.db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${world.bob.id}`,
    'unreachable',
  ],
  [
    'bob muted it',
    async () => world.db.sql`UPDATE memberships SET muted = true WHERE person_id = ${world.bob.id}`,
    'muted',
  ],
] satisfies [string, (message: Id) => Promise<unknown>, string][])(
  'nothing goes out when meanwhile %s',
  async (_, meanwhile, because) => {
    await withPhone(world.bob, 'phone')
    const one = await noted(world.alice, direct, 'Lunch?', world.bob)
    const [row] = await world.db.sql<{
      message_id: Id
    }>`SELECT message_id FROM notifications WHERE id = ${one}`
    await meanwhile(row!.message_id)
    await deliver(one)
    expect(sent).toEqual([])
    expect(await stateOf(one)).toEqual(['withdrawn', 'withdrawn'])
    const [{ steps }] = (await world.db.sql`SELECT steps FROM notifications WHERE id = ${one}`) as [
      { steps: object[] },
    ]
    expect(steps).toMatchObject([{ because }])
  },
)

test('a reply is read in its thread', async () => {
  await withPhone(world.alice, 'phone')
  const root = await world.say(world.alice, world.channel, 'Where to?')
  const read = await noted(world.bob, world.channel, 'Rome', world.alice, { root })
  const unread = await noted(world.bob, world.channel, 'Oslo', world.alice, { root })
  await perform(markThreadRead, world.alice, { conversation: world.channel, root, replies: 1 }, world.deps)
  await deliver(read)
  await deliver(unread)
  expect(sent.map(({ message }) => [message.body, message.data.url])).toEqual([
    ['Oslo', `http://localhost:3000/c/${world.channel}/t/${root}`],
  ])
})

test('a dead token is forgotten, and the mail takes its place', async () => {
  await withPhone(world.bob, 'phone')
  answers.set('phone', 'dead')
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  await deliver(one)
  expect(await stateOf(one)).toEqual(['waiting', 'token dropped', 'mail later'])
  expect(await world.db.sql`SELECT 1 FROM devices WHERE push_token IS NOT NULL`).toEqual([])
  expect(world.jobs.at(-1)).toMatchObject({
    name: 'notification.deliver',
    payload: { notification: one },
    delayMs: 15 * MINUTE,
  })
  world.clock.advance(15 * MINUTE)
  await deliver(one)
  expect(sent).toHaveLength(1)
  expect(mails()).toHaveLength(1)
})

test('a push that fails is tried again, on the devices where it failed; after its time a mail goes', async () => {
  await withPhone(world.bob, 'phone')
  answers.set('phone', Object.assign(new Error('no'), { code: 'messaging/internal-error' }))
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  await expect(deliver(one)).rejects.toThrow('1 devices could not be told: messaging/internal-error')
  expect((await stateOf(one))[0]).toBe('waiting')
  await expect(deliver(one)).rejects.toThrow()
  world.clock.advance(15 * MINUTE)
  await deliver(one)
  expect(sent).toHaveLength(2)
  expect(mails()).toMatchObject([{ to: 'bob@example.org' }])
  expect((await stateOf(one))[0]).toBe('delivered')
})

test('while the push service is away nothing is pushed and no trouble written; in time one mail tells of all', async () => {
  await withPhone(world.bob, 'phone')
  circuit = { state: 'open', since: 0, waitMs: 9_000 }
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  const two = await noted(world.alice, direct, 'At noon?', world.bob)
  for (const notification of [one, two])
    await expect(deliver(notification)).rejects.toMatchObject({
      ...{ name: 'Postponed', ms: 9_000, latestMs: 15 * MINUTE },
    })
  expect(await stateOf(one)).toEqual(['waiting'])
  world.clock.advance(15 * MINUTE)
  await deliver(one)
  await deliver(two)
  expect(sent).toEqual([])
  expect(mails()).toHaveLength(1)
  expect(mails()[0]!.text).toMatch(/Lunch\?.*At noon\?/s)
})

test('whoever wants no mails waits until the push service is back', async () => {
  await withPhone(world.bob, 'phone')
  await perform(setNotificationPreferences, world.bob, { push: 'all', email: false }, world.deps)
  circuit = { state: 'open', since: 0, waitMs: 9_000 }
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  world.clock.advance(60 * MINUTE)
  await expect(deliver(one)).rejects.toMatchObject({
    ...{ name: 'Postponed', latestMs: Number.POSITIVE_INFINITY },
  })
  circuit = CLOSED
  await deliver(one)
  expect(await stateOf(one)).toEqual(['delivered', 'pushed'])
})

test('a device that was not tried, since the service went away meanwhile, is told later, the other not again', async () => {
  await withPhone(world.bob, 'phone')
  await withPhone(await onAnotherDevice(world, world.bob), 'tablet')
  answers.set('tablet', new Postponed('away', 9_000))
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  world.clock.advance(MINUTE)
  await expect(deliver(one)).rejects.toMatchObject({ name: 'Postponed', latestMs: 14 * MINUTE })
  expect(await stateOf(one)).toEqual(['waiting', 'pushed'])
  answers.delete('tablet')
  await deliver(one)
  expect(sent.map(({ token }) => token).sort()).toEqual(['phone', 'tablet', 'tablet'])
  expect((await stateOf(one))[0]).toBe('delivered')
})

test('one device of two that failed gets it later, the other not again, and no mail', async () => {
  await withPhone(world.bob, 'phone')
  await withPhone(await onAnotherDevice(world, world.bob), 'tablet')
  answers.set('tablet', new Error('no'))
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  await expect(deliver(one)).rejects.toThrow()
  answers.delete('tablet')
  await deliver(one)
  expect(sent.map(({ token }) => token).sort()).toEqual(['phone', 'tablet', 'tablet'])
  world.clock.advance(15 * MINUTE)
  await deliver(one)
  expect(mails()).toEqual([])
})

test('two workers at once push once; what a dead one left is taken up', async () => {
  await withPhone(world.bob, 'phone')
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  await Promise.all([deliver(one), deliver(one), deliver(one)])
  expect(sent).toHaveLength(1)
  const two = await noted(world.alice, direct, 'Or tea?', world.bob)
  await world.db
    .sql`UPDATE notifications SET state = 'delivering', updated_at = ${world.clock.now} WHERE id = ${two}`
  await deliver(two)
  expect(sent).toHaveLength(1)
  world.clock.advance(3 * MINUTE)
  await deliver(two)
  expect(sent).toHaveLength(2)
})

test('without a device, what waited comes as one mail, with what was read left out', async () => {
  const { alice, bob, erin, channel } = world
  const first = await noted(alice, direct, 'Lunch?', bob)
  const second = await noted(alice, channel, `<@${bob.id}> the **plan**`, bob)
  const third = await noted(erin, channel, `<@${bob.id}> and mine`, bob)
  await deliver(first)
  expect(await stateOf(first)).toEqual(['waiting', 'mail later'])
  await perform(markRead, bob, { conversation: direct, seq: 1 }, world.deps)
  world.clock.advance(15 * MINUTE)
  await Promise.all([deliver(first), deliver(second), deliver(third)])
  expect(mails()).toHaveLength(1)
  const [mail] = mails()
  expect(mail).toMatchObject({ to: 'bob@example.org', subject: '2 messages are waiting for you on Parley' })
  expect(mail!.text).toContain(
    `#general: http://localhost:3000/c/${channel}/m/1\n  alice: @bob the **plan**\n  erin: @bob and mine`,
  )
  expect(mail!.text).not.toContain('Lunch')
  expect((await stateOf(first))[0]).toBe('withdrawn')
  expect((await stateOf(third)).at(-1)).toBe('mailed')
})

test('where push is not set up, devices count for nothing', async () => {
  configured = false
  await withPhone(world.bob, 'phone')
  const one = await noted(world.alice, direct, 'Lunch?', world.bob)
  world.clock.advance(15 * MINUTE)
  await deliver(one)
  expect([sent.length, mails().length]).toEqual([0, 1])
})

test('a device that nobody is signed in on is not told', async () => {
  const tablet = await onAnotherDevice(world, world.bob)
  await withPhone(tablet, 'tablet')
  await perform(revokeMyOtherSessions, world.bob, {}, world.deps)
  await deliver(await noted(world.alice, direct, 'Lunch?', world.bob))
  expect(sent).toEqual([])
})

test('bob decides what he is told of, and how', async () => {
  await withPhone(world.bob, 'phone')
  const { alice, bob, channel } = world
  const choose = (push: string, email: boolean) =>
    perform(setNotificationPreferences, bob, { push, email }, world.deps)
  await choose('mentions', false)
  const all = await noted(alice, channel, '<!channel>', bob)
  await deliver(all)
  expect(await stateOf(all)).toEqual(['withdrawn', 'withdrawn'])
  await deliver(await noted(alice, channel, `<@${bob.id}>`, bob))
  expect(sent).toHaveLength(1)
  await choose('none', true)
  const named = await noted(alice, channel, `<@${bob.id}> again`, bob)
  const everyone = await noted(alice, channel, '<!here> too', bob)
  world.clock.advance(15 * MINUTE)
  await deliver(named)
  await deliver(everyone)
  expect(sent).toHaveLength(1)
  expect(mails()).toHaveLength(1)
  expect(mails()[0]!.subject).toBe('alice mentioned you on Parley')
})

test('while bob is busy his phone stays quiet; a mail comes as ever, and a push again when he no longer is', async () => {
  await withPhone(world.bob, 'phone')
  const busy = { availability: 'busy', until: world.clock.now.getTime() + 10 * MINUTE } as const
  await perform(setAvailability, world.bob, busy, world.deps)
  const first = await noted(world.alice, direct, 'are you there?', world.bob)
  await deliver(first)
  expect(sent).toEqual([])
  expect(await stateOf(first)).toEqual(['waiting', 'mail later'])
  await perform(setNotificationPreferences, world.bob, { push: 'all', email: false }, world.deps)
  const second = await noted(world.alice, direct, 'no hurry', world.bob)
  await deliver(second)
  expect(sent).toEqual([])
  expect(await stateOf(second)).toEqual(['withdrawn', 'withdrawn'])
  world.clock.advance(11 * MINUTE)
  await deliver(await noted(world.alice, direct, 'now?', world.bob))
  expect(sent).toHaveLength(1)
})

test('dan sees in the console what went out and what did not; bob does not', async () => {
  const dan = await someone(world, 'dan', 'administrator')
  await withPhone(world.bob, 'phone')
  await deliver(await noted(world.alice, direct, 'Lunch?', world.bob))
  answers.set('phone', Object.assign(new Error('no'), { code: 'messaging/internal-error' }))
  const failing = await noted(world.alice, direct, 'Really?', world.bob)
  await deliver(failing).catch(() => {})
  const seen = await perform(notificationsOverview, dan, {}, world.deps)
  expect(seen.push).toEqual({ configured: true, devices: 1, people: 1 })
  expect(seen.hours).toHaveLength(24)
  expect(seen.hours.at(-1)).toMatchObject({ pushed: 1, waiting: 1, mailed: 0, failed: 0 })
  expect(seen.troubles).toMatchObject([
    { id: failing, person: { name: 'bob' }, state: 'waiting', reason: 'direct' },
  ])
  expect(seen.troubles[0]!.steps[0]).toMatchObject({ step: 'push failed', error: 'messaging/internal-error' })
  await expect(perform(notificationsOverview, world.bob, {}, world.deps)).rejects.toMatchObject({
    code: 'not_allowed',
  })
})

test('dan sees everything else while the queue does not answer', async () => {
  const dan = await someone(world, 'dan', 'administrator')
  await withPhone(world.bob, 'phone')
  const away = { ...world.deps.queue, counts: () => Promise.reject(new Error('Redis is away')) }
  const seen = await perform(notificationsOverview, dan, {}, { ...world.deps, queue: away })
  expect(seen.queues).toBeNull()
  expect(seen.push).toEqual({ configured: true, devices: 1, people: 1 })
  expect(seen.hours).toHaveLength(24)
})
