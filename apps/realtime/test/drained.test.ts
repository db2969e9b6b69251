import { freePort } from '@parley/devstack'
import { relayOutbox } from '@parley/domain/outbox/relay-outbox'
import { connect } from '@parley/domain/sessions/connect'
import { createClient, type Socket, type Sync, topics } from '@parley/sync'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startRealtime } from './support/real-process.ts'
import { expectEqualToFresh, expectOnceInOrder, peopleInTalk, talk, untilRelayed } from './support/talk.ts'
import { openWorld } from './support/world.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const PEOPLE = 20

/** When a client was without a welcome, and for how long, in milliseconds. */
function watch(client: Sync) {
  const away: number[] = []
  const nodes: string[] = []
  const waited: string[] = []
  let since = 0
  client.subscribe(topics.connection, () => {
    const now = client.connection()
    if (now.state === 'syncing' || now.state === 'live') {
      if (since > 0) away.push(performance.now() - since)
      since = 0
      if (nodes.at(-1) !== now.node) nodes.push(now.node)
    } else since ||= performance.now()
    if (now.state === 'waiting') waited.push(now.why)
  })
  return { away, nodes, waited }
}

test('both realtime processes are replaced one after the other while twenty people talk: everybody goes to the other at once, and every accepted message is there once, in order', {
  timeout: 300_000,
}, async ({ annotate }) => {
  const world = await openWorld()
  closing.push(() => world.close())
  const relay = setInterval(() => relayOutbox(world.deps).catch(() => {}), 500)
  closing.push(() => clearInterval(relay))
  const start = async (name: string, port: number) => {
    const url = `ws://127.0.0.1:${port}`
    const node = await startRealtime({ ...world.env, PARLEY_REALTIME_URL: url }, name, port)
    closing.push(() => node.child.stop())
    return node
  }
  const registered = (...names: string[]) =>
    vi.waitFor(
      async () => {
        const ready = (await world.deps.registry.nodes()).filter(({ state }) => state !== 'draining')
        expect(ready.map(({ node }) => node)).toEqual(names)
      },
      { timeout: 30_000, interval: 50 },
    )
  let a = await start('node-a', await freePort())
  const b = await start('node-b', await freePort())
  await registered('node-a', 'node-b')

  const place = await peopleInTalk(world, PEOPLE)
  const clientOf = (i: number) => {
    const client = createClient({
      connect: (surroundings) => world.as(place.people[i]!, connect, surroundings),
      openSocket: (url) => new WebSocket(url, { perMessageDeflate: false }) as unknown as Socket,
      ...{ holdAll: true, client: 'test' },
    })
    client.start()
    closing.push(() => client.close())
    return client
  }
  const clients = place.people.map((_, i) => clientOf(i))
  const watched = clients.map(watch)
  await Promise.all(clients.map((client) => client.whole()))

  let replaced = false
  const talking = talk(place, clients, () => !replaced)
  await a.child.stop()
  a = await start('node-a', a.port)
  await registered('node-a', 'node-b')
  await b.child.stop()
  replaced = true
  const { accepted, refused } = await talking.over()
  expect(refused).toEqual([])
  await untilRelayed(world)
  await Promise.all(clients.map((client) => client.whole()))

  for (const { nodes, waited } of watched) {
    expect(nodes.at(-1)).toBe('node-a')
    // whoever began at the one that was replaced first was at the other in between
    expect(nodes.slice(-2)).toEqual(['node-b', 'node-a'])
    expect(waited).toEqual([])
  }
  const away = watched.flatMap((one) => one.away).sort((x, y) => x - y)
  expect(away.length).toBeGreaterThanOrEqual(PEOPLE)
  await annotate(
    `away: ${away.length} times, median ${away[away.length >> 1]!.toFixed(0)} ms, longest ${away.at(-1)!.toFixed(0)} ms`,
  )

  await expectOnceInOrder(world, place, accepted)
  await Promise.all(clients.map((client, i) => expectEqualToFresh(client, clientOf(i))))
})
