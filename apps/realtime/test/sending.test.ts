import { randomUUID } from 'node:crypto'
import { CLOSE } from '@parley/protocol'
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
  let mallory: Someone
  let general: string
  beforeAll(async () => {
    world = await openWorld({ transport })
    one = await world.node()
    other = await world.node()
    ;[alice, bob, mallory] = (await Promise.all(
      ['alice', 'bob', 'mallory'].map((name) => world.person(name)),
    )) as [Someone, Someone, Someone]
    general = await world.channel(alice, bob)
  })
  afterAll(() => world.close())

  describe('sending over sockets (message-path rules 1–3)', () => {
    test('alice is acknowledged before she or anybody else is told, and bob on the other node hears her', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const ack = await a.send(general, 'good morning')
      expect(ack).toMatchObject({ t: 'ack', conversation: general })
      await b.heard(general, 'good morning')
      await a.heard(general, 'good morning')
      const kinds = a.frames.map((frame) => frame.t)
      expect(kinds.indexOf('ack')).toBeLessThan(kinds.indexOf('events'))
    })

    test('whoever spells client ids in upper case is acknowledged under the id that they sent', async () => {
      const a = await world.connect(alice, one)
      const id = randomUUID().toUpperCase()
      expect(await a.send(general, 'in capitals', id)).toMatchObject({ t: 'ack', id })
    })

    test('five hundred messages sent without waiting keep their order, on both nodes', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const texts = Array.from({ length: 500 }, (_, i) => `number ${i}`)
      for (const text of texts) a.say({ t: 'send', id: randomUUID(), conversation: general, text })
      await Promise.all([a.heard(general, 'number 499'), b.heard(general, 'number 499')])
      expect(a.texts(general).filter((text) => text.startsWith('number'))).toEqual(texts)
      expect(b.texts(general).filter((text) => text.startsWith('number'))).toEqual(texts)
      const versions = b.events(general).map((event) => event.version)
      expect(versions).toEqual([...versions].sort((x, y) => x - y))
    })

    test('both nodes send into one conversation at once, and everybody sees the same order without a gap', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      for (let i = 0; i < 200; i++) {
        a.say({ t: 'send', id: randomUUID(), conversation: general, text: `a${i}` })
        b.say({ t: 'send', id: randomUUID(), conversation: general, text: `b${i}` })
      }
      await Promise.all(['a199', 'b199'].flatMap((text) => [a.heard(general, text), b.heard(general, text)]))
      expect(a.texts(general)).toEqual(b.texts(general))
      const versions = a.events(general).map((event) => event.version)
      expect(versions).toEqual(versions.map((_, i) => versions[0]! + i))
      expect(a.frames.some(({ t }) => t === 'changed-conversation' || t === 'resync')).toBe(false)
    })

    test('a retry with the same id, on the other node too, gets the first result and is told once', async () => {
      const a = await world.connect(alice, one)
      const again = await world.connect(alice, other)
      const id = randomUUID()
      const first = await a.send(general, 'only once', id)
      expect(await a.send(general, 'only once', id)).toEqual(first)
      expect(await again.send(general, 'only once', id)).toEqual(first)
      await again.settled()
      expect(again.texts(general)).toEqual(['only once'])
    })

    test('what cannot be sent is refused by name, and what follows goes on', async () => {
      const m = await world.connect(mallory, one)
      const a = await world.connect(alice, one)
      expect(await m.send(general, 'let me in')).toMatchObject({ t: 'nack', code: 'not_found' })
      expect(await a.send(general, '   ')).toMatchObject({ t: 'nack', code: 'bad_input' })
      expect(await a.send(general, 'still here')).toMatchObject({ t: 'ack' })
      await m.settled()
      expect(m.events(general)).toEqual([])
    })
  })

  describe('a message that fails by a fault of ours (message-path rule 14)', () => {
    beforeAll(async () => {
      await world.deps.db.connection.query(`
        CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stumbled'; END $$;
        CREATE TRIGGER stumble BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.text = 'stumbles')
          EXECUTE FUNCTION stumble()`)
    })
    afterAll(() => world.deps.db.connection.query('DROP FUNCTION stumble CASCADE'))

    test('ends the connection, since it may be taken the next time and what follows would have overtaken it', async () => {
      const a = await world.connect(alice, one)
      const id = randomUUID()
      a.say({ t: 'send', id, conversation: general, text: 'stumbles' })
      a.say({ t: 'send', id: randomUUID(), conversation: general, text: 'right behind' })
      expect(await a.closed).toBe(CLOSE.unavailable.code)
      const answers = a.frames.filter(({ t }) => t === 'ack' || t === 'nack')
      expect(answers).toMatchObject([{ t: 'nack', id, code: 'internal' }])
      const written = await world.deps.db.sql`SELECT 1 FROM messages WHERE text = 'right behind'`
      expect(written).toEqual([])
    })
  })

  describe('what else can be done over a socket', () => {
    test('edits, reactions, pins, deletions and read positions are done in the order they were asked', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const ack = await a.send(general, 'a typo')
      if (ack.t !== 'ack') throw new Error('refused')
      const at = { conversation: general, message: ack.message }
      const answers = await Promise.all([
        a.ask({ t: 'edit', ...at, text: 'no typo' }),
        a.ask({ t: 'react', ...at, emoji: '👍', on: true }),
        a.ask({ t: 'react', ...at, emoji: '👍', on: false }),
        a.ask({ t: 'pin', ...at, on: true }),
        a.ask({ t: 'read', conversation: general, seq: ack.seq }),
        a.ask({ t: 'delete', ...at }),
      ])
      expect(answers.map(({ t }) => t)).toEqual(answers.map(() => 'done'))
      await b.until('events', ({ events }) =>
        events.some((e) => e.type === 'message.changed' && e.message.gone === 'deleted'),
      )
      const states = b.events(general).flatMap((e) => (e.type === 'message.changed' ? [e.message] : []))
      expect(states.map((m) => [m.text, m.reactions.length, m.pinned, m.gone])).toEqual([
        ['no typo', 0, false, null],
        ['no typo', 1, false, null],
        ['no typo', 0, false, null],
        ['no typo', 0, true, null],
        ['', 0, false, 'deleted'],
      ])
    })

    test('an emoji that is none is refused with a sentence, and the connection stays', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const ack = await a.send(general, 'ship it?')
      if (ack.t !== 'ack') throw new Error('refused')
      const at = { conversation: general, message: ack.message }
      for (const emoji of ['✔verified-Olivia-Harbour(owner)', 'a\u202Eb', '\ud83d'])
        expect(await b.ask({ t: 'react', ...at, emoji, on: true })).toMatchObject({
          ...{ t: 'failed', code: 'bad_input' },
          says: expect.stringMatching(/^emoji: must /),
        })
      expect(await b.ask({ t: 'react', ...at, emoji: '⛵', on: true })).toMatchObject({ t: 'done' })
      await a.until('events', ({ events }) => events.some((e) => e.type === 'message.changed'))
      const states = a.events(general).flatMap((e) => (e.type === 'message.changed' ? [e.message] : []))
      expect(states.map((m) => m.reactions)).toEqual([[{ emoji: '⛵', people: [bob.id] }]])
    })

    test('bob may not edit what alice wrote, and is told so', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, one)
      const ack = await a.send(general, 'mine')
      if (ack.t !== 'ack') throw new Error('refused')
      expect(
        await b.ask({ t: 'edit', conversation: general, message: ack.message, text: 'his' }),
      ).toMatchObject({
        t: 'failed',
        code: 'not_allowed',
      })
    })

    test('history and threads come as messages, and mallory is told that there is no such conversation', async () => {
      const a = await world.connect(alice, one)
      const m = await world.connect(mallory, one)
      a.say({ t: 'history', req: 900, conversation: general, from: 1, to: 3 })
      const page = await a.until('messages', ({ req }) => req === 900)
      expect(page.messages.map((message) => message.ordinal)).toEqual([1, 2, 3])
      a.say({ t: 'thread', req: 901, conversation: general, root: page.messages[0]!.id, from: 1, to: 10 })
      expect((await a.until('messages', ({ req }) => req === 901)).messages).toHaveLength(1)
      m.say({ t: 'history', req: 902, conversation: general, from: 1, to: 3 })
      expect(await m.until('failed', ({ req }) => req === 902)).toMatchObject({ code: 'not_found' })
    })

    test('a version beyond every version that there can be is told so, and the connection stays', async () => {
      const a = await world.connect(alice, one)
      for (const [req, held] of [
        [910, { person: Number.MAX_SAFE_INTEGER, conversations: [] }],
        [911, { person: 0, conversations: [[general, Number.MAX_SAFE_INTEGER, 1]] }],
      ] as const) {
        a.say({ t: 'sync', req, ...held })
        expect(await a.until('failed', (frame) => frame.req === req)).toMatchObject({ code: 'bad_input' })
      }
      expect((await a.send(general, 'still here')).t).toBe('ack')
    })

    test('bob sees that alice types, on both nodes; mallory, who is not in there, types for nobody', async () => {
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const near = await world.connect(bob, one)
      const m = await world.connect(mallory, one)
      m.say({ t: 'typing', conversation: general })
      a.say({ t: 'typing', conversation: general })
      const told = { t: 'typing', conversation: general, person: alice.id }
      expect(await b.until('typing')).toEqual(told)
      expect(await near.until('typing')).toEqual(told)
      await a.settled()
      for (const client of [a, b, near, m])
        expect(client.frames.filter((frame) => frame.t === 'typing' && frame.person !== alice.id)).toEqual([])
    })
  })
})
