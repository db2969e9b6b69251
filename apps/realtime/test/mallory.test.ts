import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { perform } from '@parley/domain'
import { createChannel } from '@parley/domain/conversations/create'
import { inviteToConversation } from '@parley/domain/conversations/invite'
import { removeFromChannel } from '@parley/domain/conversations/remove'
import { editMessage } from '@parley/domain/messages/edit-message'
import { changeRole } from '@parley/domain/people/change-role'
import { sync } from '@parley/domain/sync/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { TRANSPORTS } from './support/dial.ts'
import type { Raw } from './support/raw-client.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

describe.each(TRANSPORTS)('over a %s', (transport) => {
  let world: World
  let one: TestNode
  let other: TestNode
  let alice: Someone
  let bob: Someone
  let mallory: Someone
  beforeAll(async () => {
    world = await openWorld({ transport })
    one = await world.node()
    other = await world.node()
    alice = await world.person('alice')
    bob = await world.person('bob')
    mallory = await world.person('mallory')
  })
  afterAll(() => world.close())

  /** A private channel of alice's with the others in it, and alice in front of it. */
  let board: string
  let a: Raw
  beforeEach(async () => {
    const name = `board-${world.deps.newId()}`
    board = (await world.as(alice, createChannel, { name, kind: 'private' })).id
    a = await world.connect(alice, one)
  })
  const bringIn = (who: Someone) =>
    world.as(alice, inviteToConversation, { conversation: board, people: [who.id] })
  const takeOut = (who: Someone) =>
    world.as(alice, removeFromChannel, { conversation: board, person: who.id })
  async function said(text: string): Promise<string> {
    const sent = await a.send(board, text)
    if (sent.t !== 'ack') throw new Error(sent.says)
    return sent.message
  }

  /** Everything that one can ask about a message of a conversation and is answered with done, failed or messages. */
  const asked = (conversation: string, message: string) => [
    { t: 'edit', conversation, message, text: 'mallory was here' },
    { t: 'delete', conversation, message },
    { t: 'react', conversation, message, emoji: '👍', on: true },
    { t: 'pin', conversation, message, on: true },
    { t: 'read', conversation, seq: 1 },
    { t: 'read', conversation, seq: 0, back: true },
    { t: 'read-thread', conversation, root: message, replies: 1 },
    { t: 'history', conversation, from: 1, to: 100 },
    { t: 'thread', conversation, root: message, from: 1, to: 100 },
  ]

  describe('a private channel that mallory is not in', () => {
    test('is absent for every frame that she can send, and nobody in it notices', async () => {
      const secret = await said('the merger')
      await said(`a reply to it`)
      const m = await world.connect(mallory, other)
      await a.settled()
      const before = a.frames.length
      for (const frame of asked(board, secret))
        expect(await m.ask(frame), frame.t).toMatchObject({ t: 'failed', code: 'not_found' })
      for (const root of [undefined, secret]) {
        const id = randomUUID()
        m.say({ t: 'send', id, conversation: board, text: 'let me in', ...(root && { root }) })
        expect(await m.until('nack', (nack) => nack.id === id)).toMatchObject({ code: 'not_found' })
      }
      m.say({ t: 'typing', conversation: board })
      m.say({ t: 'typing', conversation: board, root: secret })
      const [first] = await m.sync({ conversations: [[board, 0, 1]], only: true })
      expect(first).toMatchObject({ conversations: [], removed: [board], changes: [], threads: [] })
      await m.settled(300)
      await a.settled()
      expect(a.frames.slice(before).map(({ t }) => t)).toEqual(['pong'])
      expect(JSON.stringify(m.frames)).not.toContain('merger')
    })

    test('is not opened by naming it beside a message of a channel that she is in', async () => {
      const secret = await said('the merger')
      const open = await world.channel(mallory)
      const m = await world.connect(mallory, other)
      for (const frame of asked(open, secret).slice(0, 4))
        expect(await m.ask(frame), frame.t).toMatchObject({ t: 'failed', code: 'not_found' })
      m.say({ t: 'send', id: randomUUID(), conversation: open, root: secret, text: 'in your thread' })
      expect(await m.until('nack')).toMatchObject({ code: 'not_found' })
      m.say({ t: 'thread', req: 900, conversation: open, root: secret, from: 1, to: 10 })
      expect(await m.until('messages', ({ req }) => req === 900)).toMatchObject({ messages: [] })
      expect(JSON.stringify(m.frames)).not.toContain('merger')
    })
  })

  describe('messages that are not hers', () => {
    test('mallory, a member, rewrites and deletes nobody’s; what is deleted is out of everybody’s reach', async () => {
      await bringIn(mallory)
      const m = await world.connect(mallory, other)
      const hers = await said('alice’s own words')
      const [edit, remove] = asked(board, hers)
      expect(await m.ask(edit!)).toMatchObject({ t: 'failed', code: 'not_allowed' })
      expect(await m.ask(remove!)).toMatchObject({ t: 'failed', code: 'not_allowed' })
      expect(await a.ask({ t: 'delete', conversation: board, message: hers })).toMatchObject({ t: 'done' })
      for (const client of [m, a])
        for (const frame of asked(board, hers).slice(0, 4))
          expect(await client.ask(frame), frame.t).toMatchObject({ t: 'failed', code: 'not_found' })
      m.say({ t: 'history', req: 901, conversation: board, from: 1, to: 10 })
      const { messages } = await m.until('messages', ({ req }) => req === 901)
      expect(messages).toMatchObject([{ id: hers, text: '', gone: 'deleted' }])
      expect((await m.ask({ t: 'pin', conversation: board, message: '1', on: true })).t).toBe('failed')
    })

    test('an administrator who was demoted deletes nothing more on the socket that was open', async () => {
      const dan = await world.person(`dan-${world.deps.newId()}`, 'administrator')
      const olivia = await world.person(`olivia-${world.deps.newId()}`, 'owner')
      await bringIn(dan)
      const d = await world.connect(dan, other)
      const [first, second] = [await said('one'), await said('two')]
      expect((await d.ask({ t: 'delete', conversation: board, message: first })).t).toBe('done')
      await world.as(olivia, changeRole, { person: dan.id, role: 'member' })
      expect(await d.ask({ t: 'delete', conversation: board, message: second })).toMatchObject({
        code: 'not_allowed',
      })
    })
  })

  describe('bob, who was taken out while he is connected', () => {
    test('does and hears nothing more: no frame of his is taken, and no typing, reaction or word reaches him', async () => {
      await bringIn(bob)
      const devices = [await world.connect(bob, one), await world.connect(bob, other)]
      const message = await said('while he is here')
      for (const device of devices) await device.heard(board, 'while he is here')
      await takeOut(bob)
      for (const device of devices)
        await device.until('personal', ({ events }) => events.some((e) => e.type === 'membership.removed'))
      const before = devices.map((device) => device.frames.length)
      a.say({ t: 'typing', conversation: board })
      await a.ask({ t: 'react', conversation: board, message, emoji: '👍', on: true })
      await said('behind his back')
      const seen = a.frames.length
      for (const [i, device] of devices.entries()) {
        for (const frame of asked(board, message))
          expect(await device.ask(frame), frame.t).toMatchObject({ t: 'failed', code: 'not_found' })
        expect(await device.send(board, 'still here?')).toMatchObject({ t: 'nack', code: 'not_found' })
        device.say({ t: 'typing', conversation: board })
        await device.settled(200)
        const heard = device.frames.slice(before[i]).map(({ t }) => t)
        expect(heard.filter((t) => t !== 'failed' && t !== 'nack' && t !== 'pong')).toEqual([])
      }
      await a.settled()
      expect(a.frames.slice(seen).map(({ t }) => t)).toEqual(['pong'])
    })

    test('hears nothing of what follows by a sync that he began before, however slowly he takes it', async () => {
      const channels: string[] = []
      for (let i = 0; i < 30; i++) channels.push(await world.channel(alice, bob))
      for (const channel of channels) await a.send(channel, 'while he is here')
      const held = channels.map((channel): [string, number, 1] => [channel, 0, 1])
      const parts = await perform(sync, bob, { person: 0, conversations: held, only: true }, world.deps)
      await parts.next()
      expect(JSON.stringify(await parts.next())).toContain('while he is here')
      for (const conversation of channels)
        await world.as(alice, removeFromChannel, { conversation, person: bob.id })
      for (const channel of channels) await a.send(channel, 'behind his back')
      const rest = await Array.fromAsync(parts)
      expect(rest.length).toBeGreaterThan(0)
      expect(JSON.stringify(rest)).not.toContain('behind his back')
    })

    test('changes nothing by an edit that had to wait until he was out', async () => {
      await bringIn(bob)
      const b = await world.connect(bob, other)
      const sent = await b.send(board, 'his own words')
      if (sent.t !== 'ack') throw new Error(sent.says)
      const { db } = world.deps
      const edit = await db.transaction(async (tx) => {
        await tx.sql`SELECT FROM conversations WHERE id = ${board} FOR NO KEY UPDATE`
        const late = world.as(bob, editMessage, {
          conversation: board,
          message: sent.message,
          text: 'other words',
        })
        late.catch(() => {})
        await sleep(200)
        await tx.sql`UPDATE memberships SET left_at = now() WHERE conversation_id = ${board} AND person_id = ${bob.id}`
        return { late }
      })
      await expect(edit.late).rejects.toMatchObject({ code: 'not_found' })
    })
  })
})
