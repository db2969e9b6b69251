import { setTimeout as sleep } from 'node:timers/promises'
import { relayOutbox } from '@parley/domain/outbox/relay-outbox'
import { afterEach, expect, test } from 'vitest'
import { startRealtime } from './support/real-process.ts'
import { blocked, opener, syncClient } from './support/sync-client.ts'
import { expectEqualToFresh, expectOnceInOrder, peopleInTalk, talk, untilRelayed } from './support/talk.ts'
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

  const place = await peopleInTalk(world, PEOPLE)
  const { people } = place
  const clients = people.map((person, i) =>
    // every third is where no socket opens, and polls
    syncClient(() => world.ticket(person), i % 2 ? ports : [...ports].reverse(), {
      ...(i % 3 === 0 && { openSocket: blocked, openPoll: opener('poll') }),
    }),
  )
  closing.push(() => {
    for (const client of clients) client.close()
  })
  await Promise.all(clients.map((client) => client.whole()))

  const talking = talk(place, clients, (round) => round < ROUNDS)
  await sleep(900)
  await nodes[0]!.kill()
  await sleep(1_200)
  nodes[0] = await startRealtime(world.env, names[0], ports[0])
  await sleep(300)
  await nodes[1]!.kill()
  const { accepted, refused } = await talking.over()
  expect(refused).toEqual([])
  await untilRelayed(world)
  await Promise.all(clients.map((client) => client.whole()))
  for (const client of clients) expect(client.connection()).toMatchObject({ state: 'live', node: 'node-a' })

  await expectOnceInOrder(world, place, accepted)
  const fresh = (i: number) => syncClient(() => world.ticket(people[i]!), [ports[0]!])
  await Promise.all(clients.map((client, i) => expectEqualToFresh(client, fresh(i))))
})
