import { randomUUID } from 'node:crypto'
import { createChannel } from '@parley/domain/conversations/create'
import { inviteToConversation } from '@parley/domain/conversations/invite'
import { joinChannel } from '@parley/domain/conversations/join'
import { leaveConversation } from '@parley/domain/conversations/leave'
import { removeFromChannel } from '@parley/domain/conversations/remove'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { TRANSPORTS } from './support/dial.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

describe.each(TRANSPORTS)('over a %s', (transport) => {
  let world: World
  let one: TestNode
  let other: TestNode
  let alice: Someone
  let bob: Someone
  beforeAll(async () => {
    world = await openWorld({ transport })
    one = await world.node()
    other = await world.node()
    alice = await world.person('alice')
    bob = await world.person('bob')
  })
  afterAll(() => world.close())

  describe('a conversation’s frames go to its members, from the version that made them one to the one that ended it (rule 13)', () => {
    test('bob joins and is told at once of what follows, on all his devices, and of nothing before', async () => {
      const channel = await world.channel(alice)
      const a = await world.connect(alice, one)
      const devices = [await world.connect(bob, one), await world.connect(bob, other)]
      await a.send(channel, 'before he came')
      await world.as(bob, joinChannel, { conversation: channel })
      const after = await a.send(channel, 'after he came')
      for (const device of devices) {
        await device.told(after)
        expect(device.texts(channel)).not.toContain('before he came')
        await device.until('personal', ({ events }) => events.some((e) => e.type === 'membership.added'))
      }
    })

    test('bob leaves and hears nothing of what follows', async () => {
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, one)
      const devices = [await world.connect(bob, one), await world.connect(bob, other)]
      await a.send(channel, 'while he is here')
      for (const device of devices) await device.heard(channel, 'while he is here')
      await world.as(bob, leaveConversation, { conversation: channel })
      await a.send(channel, 'behind his back')
      await a.heard(channel, 'behind his back')
      for (const device of devices) {
        await device.until('personal', ({ events }) => events.some((e) => e.type === 'membership.removed'))
        await device.settled()
        expect(device.texts(channel)).toEqual(['while he is here'])
      }
    })

    test('removed while both nodes are busy, bob sees no message after the version that removed him', async () => {
      const channel = await world.channel(alice, bob)
      const near = await world.connect(alice, one)
      const far = await world.connect(alice, other)
      const devices = [await world.connect(bob, one), await world.connect(bob, other)]
      const talk = (async () => {
        for (let i = 0; i < 100; i++) {
          near.say({ t: 'send', id: randomUUID(), conversation: channel, text: `n${i}` })
          far.say({ t: 'send', id: randomUUID(), conversation: channel, text: `f${i}` })
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
      })()
      await new Promise((resolve) => setTimeout(resolve, 60))
      await world.as(alice, removeFromChannel, { conversation: channel, person: bob.id })
      await talk
      await Promise.all([near.heard(channel, 'f99'), near.heard(channel, 'n99')])
      const removal = near
        .events(channel)
        .find((event) => event.type === 'members.changed' && event.left.includes(bob.id))
      expect(removal).toBeDefined()
      for (const device of devices) {
        await device.settled()
        const versions = device.events(channel).map((event) => event.version)
        expect(versions.length).toBeGreaterThan(0)
        expect(Math.max(...versions)).toBeLessThan(removal!.version)
      }
    })

    test('bob is removed and invited back: what was said in between is not sent to him, of what follows he is told', async () => {
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      await world.as(alice, removeFromChannel, { conversation: channel, person: bob.id })
      await a.send(channel, 'in between')
      await world.as(alice, inviteToConversation, { conversation: channel, people: [bob.id] })
      await b.told(await a.send(channel, 'welcome back'))
      expect(b.texts(channel)).not.toContain('in between')
    })

    test('a channel made while alice is connected is hers at once, and nobody else hears of it', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const name = `private-${Date.now()}`
      const { id } = await world.as(alice, createChannel, { name, kind: 'private' })
      await a.told(await a.send(id, 'to myself'))
      await b.settled()
      expect(JSON.stringify(b.frames)).not.toContain(id)
    })
  })

  describe('catching up and the stream (rule 8)', () => {
    test('nothing is lost between the answer to sync and the stream, while alice talks on', async () => {
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, one)
      let talking = true
      const talk = (async () => {
        for (let i = 0; talking; i++) {
          a.say({ t: 'send', id: randomUUID(), conversation: channel, text: `word ${i}` })
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      })()
      for (const node of [one, other, one, other]) {
        const b = await world.connect(bob, node)
        const parts = await b.sync({ conversations: [[channel, 0, 1]] })
        const upTo = Math.max(...parts.flatMap((part) => part.changes.map((change) => change.version)))
        await new Promise((resolve) => setTimeout(resolve, 50))
        await b.settled()
        const streamed = b.events(channel).map((event) => event.version)
        const fresh = streamed.filter((version) => version > upTo)
        expect(fresh.length).toBeGreaterThan(0)
        expect(fresh).toEqual(fresh.map((_, i) => upTo + 1 + i))
      }
      talking = false
      await talk
    })

    test('a sync of many conversations comes in several frames, each conversation once', async () => {
      const erin = await world.person('erin')
      const made = Array.from({ length: 230 }, () => world.deps.newId())
      const { sql } = world.deps.db
      await sql`
      INSERT INTO conversations (id, kind, name, created_by, member_count)
      SELECT id, 'public', id::text, ${erin.id}, 1 FROM unnest(${made}::bigint[]) AS id`
      await sql`
      INSERT INTO memberships (conversation_id, person_id) SELECT id, ${erin.id} FROM unnest(${made}::bigint[]) AS id`
      const client = await world.connect(erin, one)
      const parts = await client.sync()
      expect(parts.map((part) => part.more)).toEqual([true, true, false])
      const ids = parts.flatMap((part) => part.conversations.map(({ conversation }) => conversation.id))
      expect(ids.sort()).toEqual(made.sort())
    })
  })
})
