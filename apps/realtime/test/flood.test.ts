import { type CloseReason, closeReasonOf, LIMITS } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import type { Raw } from './support/raw-client.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

/** What the connections of a person may say together before any of it is made good. */
const TOGETHER = BOUNDS.floodBurst * BOUNDS.floodTogether
/** Of one connection, beside its hello. */
const MOST = BOUNDS.floodBurst - 1

let world: World
let node: TestNode
let alice: Someone
let mallory: Someone
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

/** The node's clock stands still: what is said is counted, and time makes nothing good. */
const clock = vi.spyOn(performance, 'now')
beforeEach(async () => {
  clock.mockReturnValue(performance.now())
  alice = await world.person(`alice-${world.deps.newId()}`)
  mallory = await world.person(`mallory-${world.deps.newId()}`)
})
afterEach(async () => {
  clock.mockReset()
  await leave(present)
})
const letPass = (ms: number) => void clock.mockReturnValue(performance.now() + ms)

let present: Raw[] = []
async function connections(who: Someone, many: number): Promise<Raw[]> {
  const all = await Promise.all(Array.from({ length: many }, () => world.connect(who, node)))
  present.push(...all)
  return all
}
async function leave(clients: Raw[]): Promise<void> {
  for (const { far } of clients) far.terminate()
  present = present.filter((client) => !clients.includes(client))
  await vi.waitFor(() => expect(node.holds().connections).toBe(present.length), 20_000)
}
function pings(client: Raw, many: number): void {
  for (let i = 0; i < many; i++) client.say({ t: 'ping' })
}
const answered = ({ frames }: Raw): number => frames.filter(({ t }) => t === 'pong').length
/** What became of them, once each has been answered everything that it said, or is closed. */
async function fatesOf(clients: Raw[]): Promise<(CloseReason | 'open' | undefined)[]> {
  const waits = (client: Raw) => !client.isClosed && answered(client) < MOST
  await vi.waitFor(() => expect(clients.filter(waits)).toHaveLength(0), 20_000)
  return await Promise.all(
    clients.map(async ({ isClosed, closed }) => (isClosed ? closeReasonOf(await closed) : 'open')),
  )
}

test('mallory says over fifty connections what each of them may say: no more is answered than five may, and alice notices nothing', async () => {
  const [a] = await connections(alice, 1)
  const all = await connections(mallory, BOUNDS.connectionsPerPerson)
  for (const client of all) pings(client, MOST)
  const fates = await fatesOf(all)
  const answers = all.reduce((sum, client) => sum + answered(client), 0)
  expect(answers).toBeLessThanOrEqual(TOGETHER)
  expect(new Set(fates)).toContain('flood')
  await a!.settled()
})

test('alice has five tabs that each say as much as one may: all of them are answered', async () => {
  const tabs = await connections(alice, BOUNDS.floodTogether)
  for (const tab of tabs) pings(tab, MOST)
  expect(await fatesOf(tabs)).toEqual(tabs.map(() => 'open'))
})

test('mallory goes and comes back: what she said counts on, until it is made good', async () => {
  const all = await connections(mallory, BOUNDS.floodTogether + 2)
  for (const client of all) pings(client, MOST)
  expect(await fatesOf(all)).toContain('flood')
  await leave(all)

  const back = await connections(mallory, 1)
  pings(back[0]!, MOST)
  expect(await fatesOf(back)).toEqual(['flood'])
  await leave(back)

  letPass((BOUNDS.floodBurst / BOUNDS.floodPerSecond) * 1_000)
  const again = await connections(mallory, 1)
  pings(again[0]!, MOST)
  expect(await fatesOf(again)).toEqual(['open'])
})

test('a long list counts as what it costs: mallory cannot ask about thousands of conversations, or look at hundreds of people, again and again', async () => {
  const ids = (many: number) => Array.from({ length: many }, (_, i) => String(10_000 + i))
  const named = ids(LIMITS.syncConversations).map((id) => [id, 0, 0])
  const lists = [
    { t: 'sync', req: 1, person: 0, conversations: named, only: true },
    { t: 'look', people: ids(LIMITS.lookPeople), conversations: [] },
  ]
  for (const list of lists) {
    const [client] = await connections(mallory, 1)
    // a fifth of what their number alone would allow
    for (let i = 0; i < BOUNDS.floodBurst / 5; i++) client!.say(list)
    expect(closeReasonOf(await client!.closed), list.t).toBe('flood')
  }
})

test('mallory sends long nonsense over many connections: only a few of it is taken apart', async () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => [`key${i}`, 1])
  const nonsense = JSON.stringify({ t: 'ping', ...Object.fromEntries(keys) })
  const all = await connections(mallory, 30)
  for (const client of all) client.far.send(nonsense)
  const fates = await Promise.all(all.map(async ({ closed }) => closeReasonOf(await closed)))
  expect(new Set(fates)).toEqual(new Set(['bad_frame', 'flood']))
  const each = (nonsense.length / BOUNDS.floodBytes) * (1 + BOUNDS.floodNonsense)
  expect(fates.filter((fate) => fate === 'bad_frame').length).toBeLessThanOrEqual(TOGETHER / each + 5)
})
