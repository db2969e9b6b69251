import { randomUUID } from 'node:crypto'
import { deactivate } from '@parley/domain/people/deactivate'
import { revokeSessions } from '@parley/domain/sessions/revoke'
import { issueTicket, RESUME_MS, TICKET_MS } from '@parley/domain/sessions/ticket'
import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { ping } from '../src/handlers/ping.ts'
import { TRANSPORTS } from './support/dial.ts'
import type { Raw } from './support/raw-client.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

describe.each(TRANSPORTS)('over a %s', (transport) => {
  let world: World
  let one: TestNode
  let other: TestNode
  let alice: Someone
  let dan: Someone
  beforeAll(async () => {
    world = await openWorld({ transport })
    one = await world.node()
    other = await world.node()
    alice = await world.person('alice')
    dan = await world.person('dan', 'administrator')
  })
  afterAll(() => world.close())

  const reasonOf = async (client: Raw) => closeReasonOf(await client.closed)
  const hello = (ticket: string, protocol: number = PROTOCOL) => ({
    t: 'hello',
    ticket,
    protocol,
    client: 'test',
  })

  describe('who is let in', () => {
    test('alice is welcomed with who she is and how often to ping', async () => {
      const client = await world.knock(one)
      const welcome = await client.hello(world.ticket(alice))
      expect(welcome).toMatchObject({ person: alice.id, session: alice.session, node: 'node-1' })
      expect(welcome.heartbeat).toBeGreaterThan(5_000)
    })

    test('a ticket that is forged, over or empty lets nobody in', async () => {
      const late = issueTicket(world.deps.secrets.key('ticket'), alice, new Date(Date.now() - TICKET_MS - 1))
      const [body] = world.ticket(alice).split('.')
      for (const ticket of [`${body}.${'A'.repeat(43)}`, late, '']) {
        const client = await world.knock(one)
        client.say(hello(ticket))
        expect(await reasonOf(client)).toBe('bad_ticket')
        expect(client.frames).toEqual([{ t: 'bye', reason: 'bad_ticket' }])
      }
    })

    test('alice comes back with what she was given inside, to whichever node; it is good for minutes, and hers alone', async () => {
      const { resume } = await (await world.knock(one)).hello(world.ticket(alice))
      const back = await world.knock(other)
      const welcome = await back.hello(resume.token)
      expect(welcome).toMatchObject({ person: alice.id, session: alice.session, node: 'node-2' })
      const key = world.deps.secrets.key('ticket')
      const old = (ms: number) => issueTicket(key, alice, new Date(Date.now() - ms), 'resume')
      expect((await (await world.knock(one)).hello(old(RESUME_MS - 60_000))).person).toBe(alice.id)
      const late = await world.knock(one)
      late.say(hello(old(RESUME_MS + 1)))
      expect(await reasonOf(late)).toBe('bad_ticket')
    })

    test('whoever stays is handed a new one with a pong, long before the old one is over', async () => {
      const answers: unknown[] = []
      const inside = { renewed: 0, actor: alice }
      const say = (now: number) =>
        ping(
          { answer: (frame: unknown) => void answers.push(frame) } as never,
          inside as never,
          { t: 'ping' },
          { deps: world.deps, now: () => now } as never,
          12,
        )
      for (const now of [BOUNDS.renewMs - 1, BOUNDS.renewMs, BOUNDS.renewMs + 1]) say(now)
      const resume = { token: expect.any(String), ms: RESUME_MS }
      expect(answers).toEqual([{ t: 'pong' }, { t: 'pong', resume }, { t: 'pong' }])
      const { token } = (answers[1] as { resume: { token: string } }).resume
      expect((await (await world.knock(other)).hello(token)).person).toBe(alice.id)
      expect(BOUNDS.renewMs * 2).toBeLessThan(RESUME_MS)
    })

    test('what mallory kept of a session that was ended lets her in nowhere', async () => {
      const mallory = await world.person('mallory-who-was-let-go')
      const { resume } = await (await world.knock(one)).hello(world.ticket(mallory))
      await world.as(dan, revokeSessions, { person: mallory.id })
      for (const node of [one, other, await world.node()]) {
        const client = await world.knock(node)
        client.say(hello(resume.token))
        expect(await reasonOf(client)).toBe('revoked')
      }
    })

    test('a client that is too old is told to reload', async () => {
      const client = await world.knock(one)
      client.say(hello(world.ticket(alice), 0))
      expect(await reasonOf(client)).toBe('too_old')
    })

    test('whoever says something before hello, or hello twice, is not understood', async () => {
      const early = await world.knock(one)
      early.say({ t: 'ping' })
      expect(await reasonOf(early)).toBe('bad_frame')
      const twice = await world.connect(alice, one)
      twice.say(hello(world.ticket(alice)))
      expect(await reasonOf(twice)).toBe('bad_frame')
    })

    test('whoever has too many connections loses the oldest, one for each, though these take their time to go', async () => {
      const carol = await world.person('carol-at-many-devices')
      const clients: Raw[] = []
      for (let i = 0; i < BOUNDS.connectionsPerPerson; i++) clients.push(await world.connect(carol, one))
      const oldest = clients.slice(0, 3)
      for (const client of oldest) client.far.pause()
      const more = [
        await world.connect(carol, one),
        await world.connect(carol, one),
        await world.connect(carol, one),
      ]
      for (const client of oldest) client.far.resume()
      expect(await Promise.all(oldest.map(reasonOf))).toEqual(['too_many', 'too_many', 'too_many'])
      for (const client of [clients[3]!, ...more]) await client.settled()
    })

    test('plain HTTP finds only the probes', async () => {
      const status = async (path: string) => (await fetch(`http://127.0.0.1:${one.port}${path}`)).status
      expect(await Promise.all(['/health/live', '/health/ready', '/'].map(status))).toEqual([200, 200, 426])
    })
  })

  describe('what is not understood', () => {
    const frames: [string, string | Buffer][] = [
      ['no JSON', 'hello?'],
      ['an unknown frame', JSON.stringify({ t: 'shutdown' })],
      ['a field too many', JSON.stringify({ t: 'ping', and: 1 })],
      ['a number for an id', JSON.stringify({ t: 'typing', conversation: 17 })],
      // what comes over requests is text
      ...(transport === 'socket' ? [['bytes', Buffer.from('{"t":"ping"}')] as [string, Buffer]] : []),
    ]
    test.each(frames)('%s closes with bad_frame', async (_, frame) => {
      const client = await world.connect(alice, one)
      client.far.send(frame)
      expect(await reasonOf(client)).toBe('bad_frame')
    })

    test('a frame larger than allowed closes with the standard’s own code (RFC 6455 §7.4.1)', async () => {
      const client = await world.connect(alice, one)
      client.say({ t: 'send', id: randomUUID(), conversation: '1', text: 'x'.repeat(300_000) })
      expect(await client.closed).toBe(transport === 'socket' ? 1009 : 1006)
    })

    test('whoever floods is closed, and the others are served', async () => {
      const mallory = await world.person('mallory')
      const flooding = await world.connect(mallory, one)
      const calm = await world.connect(alice, one)
      for (let i = 0; i < 3_000; i++) flooding.say({ t: 'ping' })
      expect(await reasonOf(flooding)).toBe('flood')
      await calm.settled()
    })
  })

  if (transport === 'socket')
    describe('what the wire itself carries (RFC 6455 §5.5)', () => {
      test('a ping is answered with what it held, in its place among the frames', async () => {
        const client = await world.connect(alice, one)
        const pong = new Promise<string>((resolve) =>
          client.far.ws!.once('pong', (data) => resolve(String(data))),
        )
        client.far.ws!.ping('are you there?')
        expect(await pong).toBe('are you there?')
        await client.settled()
      })

      test.each(['ping', 'pong'] as const)(
        'whoever floods with %ss is closed like any other',
        async (kind) => {
          const mallory = await world.person(`mallory-${kind}`)
          const client = await world.connect(mallory, one)
          for (let i = 0; i < 3_000; i++) client.far.ws![kind]()
          expect(await reasonOf(client)).toBe('flood')
        },
      )

      test('a message in more parts than anybody needs closes with 1008', async () => {
        const client = await world.connect(alice, one)
        for (let i = 0; i <= BOUNDS.fragments; i++) client.far.ws!.send('{', { fin: false })
        expect(await client.closed).toBe(1008)
      })

      test('pings at the door do not put off the moment to say hello', async () => {
        const client = await world.knock(one)
        const beating = setInterval(() => client.far.ws!.ping(), 500)
        expect(await reasonOf(client)).toBe('idle')
        clearInterval(beating)
      })
    })

  describe('who is sent away', () => {
    test('revoking one session closes its sockets on every node within a second, and no others', async () => {
      const bob = await world.person('bob')
      const phone = await world.anotherDevice(bob)
      const laptops = [await world.connect(bob, one), await world.connect(bob, other)]
      const kept = await world.connect(phone, one)
      const began = performance.now()
      await world.as(dan, revokeSessions, { person: bob.id, session: bob.session })
      expect(await Promise.all(laptops.map(reasonOf))).toEqual(['revoked', 'revoked'])
      expect(performance.now() - began).toBeLessThan(1_000)
      await kept.settled()
    })

    test('deactivating a person closes all their sockets within a second', async () => {
      const carol = await world.person('carol')
      const phone = await world.anotherDevice(carol)
      const clients = [await world.connect(carol, one), await world.connect(phone, other)]
      const began = performance.now()
      await world.as(dan, deactivate, { person: carol.id })
      expect(await Promise.all(clients.map(reasonOf))).toEqual(['revoked', 'revoked'])
      expect(performance.now() - began).toBeLessThan(1_000)
    })

    test('a ticket handed out before the revocation lets nobody in after it', async () => {
      const erin = await world.person('erin', 'auditor')
      const ticket = world.ticket(erin)
      await world.as(dan, revokeSessions, { person: erin.id })
      for (const node of [one, other]) {
        const client = await world.knock(node)
        client.say(hello(ticket))
        expect(await reasonOf(client)).toBe('revoked')
        expect(client.frames.map(({ t }) => t)).toEqual(['bye'])
      }
    })
  })
})
