import { perform } from '@parley/domain'
import { deleteMessage, editMessage, markRead, react } from '@parley/domain/messages/index'
import { planNotifications } from '@parley/domain/notifications/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { someone } from '../../../../tests/support/people.ts'
import { openWorld, system, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('a direct message concerns the other, a group message everyone but its sender', async () => {
  const { alice, bob, erin } = world
  const direct = await world.say(alice, await world.talk('direct', [alice, bob]), 'Lunch?')
  const group = await world.say(bob, await world.talk('group', [alice, bob, erin]), 'All of you?')
  expect(await world.plan()).toBe(3)
  expect(await world.told(direct)).toEqual({ bob: 'direct' })
  expect(await world.told(group)).toEqual({ alice: 'direct', erin: 'direct' })
  expect(world.jobs.filter((job) => job.name === 'notification.deliver')).toHaveLength(3)
  expect(world.jobs.at(-1)).toMatchObject({ delayMs: 20_000 })
})

test('a channel message concerns whom it names, or everybody when it says so, and nobody else', async () => {
  const { alice, bob, channel } = world
  const plain = await world.say(alice, channel, 'Good morning')
  const named = await world.say(alice, channel, `<@${bob.id}>, and <@${alice.id}> myself`)
  const all = await world.say(alice, channel, `<!channel> and <@${bob.id}>`)
  const quoted = await world.say(alice, channel, '`<!channel>` is how to call everyone')
  await world.plan()
  expect(await world.told(plain)).toEqual({})
  expect(await world.told(named)).toEqual({ bob: 'mention' })
  expect(await world.told(all)).toEqual({ bob: 'mention', erin: 'everyone' })
  expect(await world.told(quoted)).toEqual({})
})

test('a mention of mallory, who is not in the channel, tells her nothing', async () => {
  const mallory = await someone(world, 'mallory')
  const message = await world.say(world.alice, world.channel, `not for <@${mallory.id}>`)
  expect(await world.plan()).toBe(0)
  expect(await world.told(message)).toEqual({})
})

test('a reply concerns those who follow its thread', async () => {
  const { alice, bob, erin, channel } = world
  const root = await world.say(alice, channel, 'Where to?')
  const first = await world.say(bob, channel, 'Rome', { root })
  const second = await world.say(erin, channel, 'Oslo', { root })
  await world.plan()
  expect(await world.told(first)).toEqual({ alice: 'thread' })
  expect(await world.told(second)).toEqual({ alice: 'thread', bob: 'thread' })
})

test('whoever muted the conversation is only told when named', async () => {
  const { alice, bob, channel, db } = world
  const direct = await world.talk('direct', [alice, bob])
  await db.sql`UPDATE memberships SET muted = true WHERE person_id = ${bob.id}`
  const all = await world.say(alice, channel, '<!here> coffee')
  const named = await world.say(alice, channel, `<@${bob.id}> coffee`)
  const quiet = await world.say(alice, direct, 'coffee?')
  await world.plan()
  expect(await world.told(all)).toEqual({ erin: 'everyone' })
  expect(await world.told(named)).toEqual({ bob: 'mention' })
  expect(await world.told(quiet)).toEqual({})
})

test('whoever has read it, has left, or is deactivated, is not told', async () => {
  const { alice, bob, erin, channel, db, deps } = world
  const dan = await someone(world, 'dan')
  await db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${channel}, ${dan.id})`
  await db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${erin.id}`
  await db.sql`UPDATE memberships SET left_at = now() WHERE person_id = ${dan.id}`
  const message = await world.say(alice, channel, '<!channel>')
  await perform(markRead, bob, { conversation: channel, seq: 1 }, deps)
  expect(await world.plan()).toBe(0)
  expect(await world.told(message)).toEqual({})
})

test('what happens to a message later tells nobody, and what happened before the worker came hides nothing', async () => {
  const { alice, bob, channel, deps } = world
  const early = await world.say(alice, channel, 'no names')
  await world.plan()
  await perform(editMessage, alice, { conversation: channel, message: early, text: `<@${bob.id}>` }, deps)
  await expect.poll(() => world.jobs.filter((job) => job.name === 'messages.changed')).toHaveLength(2)
  expect(await world.plan()).toBe(0)

  const late = await world.say(alice, channel, `<@${bob.id}> look`)
  await perform(react, bob, { conversation: channel, message: late, emoji: '👍', on: true }, deps)
  await perform(
    editMessage,
    alice,
    { conversation: channel, message: late, text: `<@${bob.id}> look!` },
    deps,
  )
  expect(await world.plan()).toBe(1)
  expect(await world.told(late)).toEqual({ bob: 'mention' })
})

test('a message that was deleted before the worker came tells nobody', async () => {
  const { alice, bob, channel, deps } = world
  const message = await world.say(alice, channel, `<@${bob.id}> oh no`)
  await perform(deleteMessage, alice, { conversation: channel, message }, deps)
  expect(await world.plan()).toBe(0)
})

test('however often the worker runs, by however many at once, one person is told of one message once', async () => {
  const { alice, bob, deps } = world
  const conversation = await world.talk('direct', [alice, bob])
  await world.say(alice, conversation, 'once')
  const again = () =>
    perform(
      planNotifications,
      system,
      {
        changes: [
          [conversation, 1, 1],
          [conversation, 1, 1],
        ],
      },
      deps,
    )
  const results = await Promise.all([again(), again(), again()])
  expect(results.map(({ planned }) => planned).sort()).toEqual([0, 0, 1])
})

test('history that was imported tells nobody', async () => {
  const { alice, bob, db, deps } = world
  const conversation = await world.talk('direct', [alice, bob])
  await db.sql`UPDATE conversations SET last_seq = 1, last_version = 1, roots = 1 WHERE id = ${conversation}`
  await db.sql`
    INSERT INTO messages (conversation_id, id, seq, version, ordinal, sender_id, text, mentions, thread_people)
    VALUES (${conversation}, ${deps.newId()}, 1, 1, 1, ${alice.id}, 'years ago', '{}', '{}')`
  const planned = await perform(planNotifications, system, { changes: [[conversation, 1, 1]] }, deps)
  expect(planned).toEqual({ planned: 0 })
})

test('a plain message in a channel of 10,000 tells nobody, and one to all of them is told to each', {
  timeout: 180_000,
}, async () => {
  const { alice, channel, db } = world
  await db.sql`INSERT INTO people (id, name) SELECT n, 'Person ' || n FROM generate_series(1000, 10999) AS n`
  await db.sql`INSERT INTO memberships (conversation_id, person_id) SELECT ${channel}, n FROM generate_series(1000, 10999) AS n`
  await world.say(alice, channel, 'good morning')
  expect(await world.plan()).toBe(0)
  await world.say(alice, channel, '<!channel>')
  expect(await world.plan()).toBe(10_002)
})
