import { setTimeout as sleep } from 'node:timers/promises'
import { relayOutbox } from '@parley/domain/outbox/relay-outbox'
import type { Ack, Sync } from '@parley/sync'
import { afterEach, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { lookAtAll, stateOf } from '../../../tests/sync/state-of.ts'
import { startRealtime } from './support/real-process.ts'
import { syncClient } from './support/sync-client.ts'
import { openWorld } from './support/world.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const PEOPLE = 20
const ROUNDS = 50

/**
 * The promise of this system (message-path rules 1, 2, 3, 7, 8, 11 and 12): realtime processes are killed outright while
 * twenty people talk, and nothing that was accepted is lost, doubled or out of order, on any client.
 */
test('two realtime processes are killed one after the other while twenty people talk; every accepted message is there once, in order, on every client, and each client equals one that has just fetched', {
  timeout: 300_000,
}, async () => {
  const world = await openWorld()
  closing.push(() => world.close())
  const names = ['node-a', 'node-b'] as const
  const nodes = await Promise.all(names.map((name) => startRealtime(world.env, name)))
  closing.push(() => Promise.all(nodes.map((node) => node.child.stop())))
  const ports = nodes.map((node) => node.port)
  // as the worker does
  const relay = setInterval(() => relayOutbox(world.deps).catch(() => {}), 500)
  closing.push(() => clearInterval(relay))

  const people: Someone[] = []
  for (let i = 0; i < PEOPLE; i++) people.push(await world.person(`person${i}`))
  const channel = await world.channel(people[0]!, ...people.slice(1))
  const directs: string[] = []
  for (let i = 0; i < PEOPLE; i++) directs.push(await world.direct(people[i]!, people[(i + 1) % PEOPLE]!))

  const clients = people.map((person, i) =>
    syncClient(() => world.ticket(person), i % 2 ? ports : [...ports].reverse()),
  )
  closing.push(() => {
    for (const client of clients) client.close()
  })
  await Promise.all(clients.map((client) => client.whole()))

  const accepted: { conversation: string; text: string; sender: string; at: number; ack: Ack }[] = []
  const refused: unknown[] = []
  let settled: Promise<void>[] = []
  let order = 0
  function say(i: number, conversation: string, text: string, root?: string): Promise<Ack> {
    const at = order++
    const sending = clients[i]!.send(conversation, text, root).settled
    const noted = sending.then(
      (ack) => void accepted.push({ conversation, text, sender: people[i]!.id, at, ack }),
      (error) => void refused.push(error),
    )
    settled.push(noted)
    return sending
  }

  async function talk(i: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const sent = say(i, channel, `${i} says ${round} to all`)
      say(i, directs[i]!, `${i} says ${round} to a friend`)
      if (round % 25 === i)
        sent.then(
          (ack) => {
            const client = clients[i]!
            say(i, channel, `${i} adds ${round}`, ack.message)
            client.react(channel, ack.message, '👍', true).catch(() => {})
            client.edit(channel, ack.message, `${i} says ${round} to all, edited`).catch(() => {})
          },
          () => {},
        )
      await sleep(40 + ((i * 7) % 30))
    }
  }

  const talking = people.map((_, i) => talk(i))
  await sleep(900)
  await nodes[0]!.kill()
  await sleep(1_200)
  nodes[0] = await startRealtime(world.env, names[0], ports[0])
  await sleep(300)
  await nodes[1]!.kill()
  await Promise.all(talking)
  while (settled.length > 0) {
    const all = settled
    settled = []
    await Promise.all(all)
  }
  expect(refused).toEqual([])
  await untilRelayed(world)
  await Promise.all(clients.map((client) => client.whole()))
  for (const client of clients) expect(client.connection()).toMatchObject({ state: 'live', node: 'node-a' })

  // the truth: each accepted message once, under the numbers that its sender was told, in the order of its sender
  const rows = await world.deps.db.sql<{ conversation: string; id: string; seq: number; version: number }>`
    SELECT conversation_id AS conversation, id, seq FROM messages ORDER BY conversation_id, seq`
  expect(rows).toHaveLength(accepted.length)
  expect(new Set(rows.map((row) => row.id))).toEqual(new Set(accepted.map((one) => one.ack.message)))
  for (const conversation of [channel, ...directs]) {
    const here = rows.filter((row) => row.conversation === conversation)
    expect(here.map((row) => row.seq)).toEqual(here.map((_, i) => i + 1))
    for (const { id: sender } of people) {
      const own = accepted
        .filter((one) => one.conversation === conversation && one.sender === sender)
        .sort((a, b) => a.at - b.at)
        .map((one) => one.ack.seq)
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
  }

  const compare = async (client: Sync, i: number) => {
    const fresh = syncClient(() => world.ticket(people[i]!), [ports[0]!])
    await fresh.whole()
    await lookAtAll(fresh)
    await lookAtAll(client)
    expect(stateOf(client)).toEqual(stateOf(fresh))
    for (const { conversation, roots, threads } of stateOf(client).conversations) {
      expect(roots).not.toContain(undefined)
      for (const { root, replies } of threads) {
        expect(replies).not.toContain(undefined)
        expect(client.thread(conversation.id, root).pending).toEqual([])
      }
      expect(client.timeline(conversation.id).pending).toEqual([])
    }
    fresh.close()
  }
  await Promise.all(clients.map(compare))
})

/** The killed processes left outbox rows behind; the relay has told of them once they are gone. */
async function untilRelayed(world: Awaited<ReturnType<typeof openWorld>>): Promise<void> {
  for (;;) {
    const [row] = await world.deps.db.sql<{ n: number }>`SELECT count(*)::int AS n FROM outbox`
    if (row!.n === 0) return
    await sleep(200)
  }
}
