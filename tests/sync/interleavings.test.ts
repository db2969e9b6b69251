import {
  changeChannel,
  inviteToConversation,
  joinChannel,
  leaveConversation,
  setMine,
} from '@parley/domain/conversations/index'
import type { Id } from '@parley/protocol'
import type { Sync } from '@parley/sync'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Someone } from '../support/people.ts'
import { chance, roughWire } from './rough-wire.ts'
import { lookAtAll, stateOf } from './state-of.ts'
import { openWorld, type TestClient, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.forget())
afterAll(() => world.close())

/** More of them: SYNC_SEED=1000 SYNC_RUNS=500 npx vitest run tests/sync/interleavings.test.ts */
const first = Number(process.env.SYNC_SEED ?? 1)
const runs = Number(process.env.SYNC_RUNS ?? 15)
const seeds = Array.from({ length: runs }, (_, i) => first + i)
const STEPS = 100

type Player = {
  who: Someone
  client: TestClient
  rough: ReturnType<typeof roughWire>
  /** What was sent, in its order, by conversation; and what of it was accepted. */
  sent: Map<Id, string[]>
  accepted: Set<string>
}

function checkOrder({ client }: Player): void {
  for (const { conversation } of client.conversations()) {
    const { floor, roots, get, pending } = client.timeline(conversation.id)
    const waiting = new Set(pending.map((one) => one.id))
    let seq = 0
    for (let ordinal = floor + 1; ordinal <= roots; ordinal++) {
      const message = get(ordinal)
      if (!message) continue
      expect(message.ordinal).toBe(ordinal)
      expect(message.seq, 'roots stand in the order of their seqs').toBeGreaterThan(seq)
      expect(waiting.has(message.client ?? ''), 'shown twice: as pending, and as itself').toBe(false)
      seq = message.seq
    }
  }
}

/** Reads what is shown all the time, as a page does, and looks for what must never be seen. */
function watch(player: Player): void {
  const versions = new Map<Id, number>()
  const look = () => {
    for (const { conversation } of player.client.conversations()) {
      expect(conversation.version, 'a conversation goes backward').toBeGreaterThanOrEqual(
        versions.get(conversation.id) ?? 0,
      )
      versions.set(conversation.id, conversation.version)
    }
    checkOrder(player)
  }
  player.client.subscribe('conversations', look)
}

type Step = (player: Player, rooms: Id[], random: () => number) => unknown
const pick = <T>(list: readonly T[], random: () => number): T | undefined =>
  list[Math.floor(random() * list.length)]

function someRoot(client: Sync, room: Id, random: () => number) {
  const { floor, roots, get } = client.timeline(room)
  return get(floor + 1 + Math.floor(random() * (roots - floor)))
}

const ignored = () => {}
function send({ client, sent, accepted }: Player, room: Id, text: string, root?: Id): void {
  sent.set(room, [...(sent.get(room) ?? []), text])
  client.send(room, text, root).settled.then(
    () => accepted.add(text),
    // Left meanwhile: it is shown as failed.
    ignored,
  )
}

let said = 0
const STEPS_OF: Record<string, Step> = {
  say(player, rooms, random) {
    const room = pick(rooms, random)!
    for (let i = 0; i <= random() * 3; i++) send(player, room, `${++said}`)
  },
  mention(player, rooms, random) {
    const who = pick([world.alice.id, world.bob.id, world.carol.id, '0'], random)!
    send(player, pick(rooms, random)!, `${who === '0' ? '<!here>' : `<@${who}>`} ${++said}`)
  },
  reply(player, rooms, random) {
    const room = pick(rooms, random)!
    const root = someRoot(player.client, room, random)
    if (root && !root.gone) send(player, room, `<@${world.carol.id}> ${++said}`, root.id)
  },
  edit({ client, who }, rooms, random) {
    const room = pick(rooms, random)!
    const message = someRoot(client, room, random)
    if (message?.sender !== who.id || message.gone) return
    const text = pick(
      [`<@${world.bob.id}>`, '<!channel>', 'nobody', `<@${world.carol.id}> <@${who.id}>`],
      random,
    )!
    client.edit(room, message.id, text).catch(ignored)
  },
  remove({ client, who }, rooms, random) {
    const room = pick(rooms, random)!
    const message = someRoot(client, room, random)
    if (message?.sender === who.id) client.remove(room, message.id).catch(ignored)
  },
  react({ client }, rooms, random) {
    const room = pick(rooms, random)!
    const message = someRoot(client, room, random)
    if (message) client.react(room, message.id, pick(['👍', '🎉'], random)!, random() < 0.7).catch(ignored)
  },
  pin({ client }, rooms, random) {
    const room = pick(rooms, random)!
    const message = someRoot(client, room, random)
    if (message) client.pin(room, message.id, random() < 0.7).catch(ignored)
  },
  read({ client }, rooms, random) {
    const mine = client.conversation(pick(rooms, random)!)
    if (mine)
      client.markRead(mine.conversation.id, Math.ceil(random() * mine.conversation.seq)).catch(ignored)
  },
  unread({ client }, rooms, random) {
    const mine = client.conversation(pick(rooms, random)!)
    if (mine)
      client
        .markRead(mine.conversation.id, Math.floor(random() * mine.membership.readSeq), true)
        .catch(ignored)
  },
  readThread({ client }, _, random) {
    const thread = pick(client.followedThreads(), random)
    if (thread) client.markThreadRead(thread.conversation, thread.root, thread.replies).catch(ignored)
  },
  look({ client }, rooms, random) {
    const mine = client.conversation(pick(rooms, random)!)
    if (!mine) return
    const from = Math.ceil(random() * mine.conversation.roots)
    client.ensure(mine.conversation.id, from, from + 20).catch(ignored)
  },
  lookAtThread({ client }, rooms, random) {
    const room = pick(rooms, random)!
    const root = someRoot(client, room, random)
    if (root?.thread) client.ensureThread(room, root.id, 1, root.thread.replies).catch(ignored)
  },
  cut: ({ client }) => client.cut(),
  leaveOrJoin: ({ who, client }, rooms, random) => {
    const conversation = pick(rooms, random)!
    const done = client.conversation(conversation)
      ? world.as(who, leaveConversation, { conversation })
      : world.as(who, joinChannel, { conversation })
    return done.catch(ignored)
  },
  bring: ({ who }, rooms, random) =>
    world
      .as(who, inviteToConversation, { conversation: pick(rooms, random)!, people: [world.carol.id] })
      .catch(ignored),
  mute: ({ who }, rooms, random) =>
    world.as(who, setMine, { conversation: pick(rooms, random)!, muted: random() < 0.5 }).catch(ignored),
  rename: ({ who }, rooms, random) =>
    world.as(who, changeChannel, { conversation: pick(rooms, random)!, topic: `${++said}` }).catch(ignored),
}
const WEIGHTS: Partial<Record<keyof typeof STEPS_OF, number>> = { say: 8, reply: 4, mention: 4, cut: 1 }
const DECK = Object.keys(STEPS_OF).flatMap((name) => Array<string>(WEIGHTS[name] ?? 2).fill(name))

async function player(who: Someone, random: () => number): Promise<Player> {
  const rough = roughWire(random)
  const client = world.open(who, rough.wire)
  await client.whole()
  const one = { who, client, rough, sent: new Map(), accepted: new Set<string>() }
  watch(one)
  return one
}

describe('whatever the network does, all clients come to the same as who has just asked', () => {
  test.each(seeds)('seed %i', async (seed) => {
    const random = chance(seed)
    const { alice, bob, carol, dan } = world
    const rooms = [
      await world.room('public', dan, alice, bob, carol),
      await world.room('public', dan, alice, bob),
    ]
    const players: Player[] = []
    for (const who of [alice, alice, bob, carol]) players.push(await player(who, random))

    for (let step = 0; step < STEPS; step++) {
      const one = pick(players, random)!
      one.rough.set({ lost: random() * 20, twice: random() * 20, late: random() * 60 })
      await STEPS_OF[pick(DECK, random)!]!(one, rooms, random)
      for (const { rough } of players) rough.release()
      if (random() < 0.3) await world.quiet()
      world.clock.advance(Math.floor(random() * 400))
    }
    for (const { rough } of players) rough.calm()
    await world.settle()
    for (const { client } of players) await client.whole()
    await world.settle()

    for (const one of players) {
      const { client, who } = one
      checkOrder(one)
      await lookAtAll(client)
      const fresh = world.open(who)
      await fresh.whole()
      await lookAtAll(fresh)
      expect(stateOf(client), `${who.name}, seed ${seed}`).toEqual(stateOf(fresh))
      for (const room of rooms) {
        const waiting = client.timeline(room).pending.filter(({ state }) => state !== 'failed')
        expect(waiting, `nothing waits any more, seed ${seed}`).toEqual([])
      }
    }
    await checkAccepted(players, rooms)
  })
})

/** Every accepted message is there once, and what one client sent stands in the order in which it was sent. */
async function checkAccepted(players: Player[], rooms: Id[]): Promise<void> {
  for (const room of rooms) {
    const rows = await world.db.sql<{ client: string; first: string }>`
      SELECT m.client_id AS client, coalesce(
        (SELECT v.text FROM message_versions v WHERE v.conversation_id = m.conversation_id AND v.message_id = m.id
         ORDER BY v.version LIMIT 1), m.text) AS first
      FROM messages m WHERE m.conversation_id = ${room} ORDER BY m.seq`
    expect(new Set(rows.map((row) => row.client)).size).toBe(rows.length)
    const texts = rows.map((row) => row.first)
    for (const { sent, accepted } of players) {
      const mine = (sent.get(room) ?? []).filter((text) => accepted.has(text))
      const those = new Set(mine)
      expect(texts.filter((text) => those.has(text))).toEqual(mine)
    }
  }
}
