import { type ConnectionState, type Sync, type SyncOptions, topics } from '@parley/sync'
import { afterEach, expect, test, vi } from 'vitest'
import { blocked, opener, syncClient } from './support/sync-client.ts'
import { openWorld } from './support/world.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const MESSAGES = 300

test('while alice and bob talk, her network begins to let sockets through: she moves from polls to a socket, and nobody misses, repeats or reorders a word', async () => {
  const world = await openWorld()
  closing.push(() => world.close())
  const node = await world.node()
  const alice = await world.person('alice')
  const bob = await world.person('bob')
  const channel = await world.channel(alice, bob)
  let passes = false
  const client = (who: typeof alice, over: Partial<SyncOptions> = {}): Sync => {
    const made = syncClient(() => world.ticket(who), [node.port], over)
    closing.push(() => made.close())
    return made
  }
  const openSocket = (url: string) => (passes ? opener('socket')(url) : blocked())
  const hers = client(alice, { openPoll: opener('poll'), openSocket })
  const his = client(bob)
  await Promise.all([hers.whole(), his.whole()])
  expect(hers.connection()).toMatchObject({ state: 'live', transport: 'poll' })

  const states: ConnectionState[] = []
  hers.subscribe(topics.connection, () => states.push(hers.connection()))
  const said: Promise<unknown>[] = []
  for (let i = 0; i < MESSAGES; i++) {
    for (const [who, name] of [
      [hers, 'alice'],
      [his, 'bob'],
    ] as const)
      said.push(who.send(channel, `${name} ${i}`).settled)
    if (i % 10 === 9) await said.at(-1)
    if (i === MESSAGES / 3) {
      passes = true
      hers.online()
    }
  }
  await Promise.all(said)
  await vi.waitFor(() => expect(hers.connection()).toMatchObject({ state: 'live', transport: 'socket' }))
  await Promise.all([hers.whole(), his.whole()])

  expect(states).toEqual([expect.objectContaining({ state: 'live', transport: 'socket' })])
  const written = await world.deps.db.sql<{ text: string }>`SELECT text FROM messages ORDER BY seq`
  const texts = written.map(({ text }) => text)
  for (const name of ['alice', 'bob'])
    expect(texts.filter((text) => text.startsWith(name))).toEqual(
      Array.from({ length: MESSAGES }, (_, i) => `${name} ${i}`),
    )
  for (const one of [hers, his]) {
    const { roots, get } = one.timeline(channel)
    expect(Array.from({ length: roots }, (_, i) => get(i + 1)?.text)).toEqual(texts)
  }
  // her polls are over for the node, too
  await vi.waitFor(() => expect(node.connections()).toBe(2))
})
