import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LIMITS, PROTOCOL } from '@parley/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

const SESSIONS = 10
const MIB = 1_048_576
/** Of long messages about so much is one answer, in bytes. */
const PAGE = 128_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
function held(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const post = (...lines: (object | string)[]) =>
  fetch(`http://127.0.0.1:${node.port}/poll`, {
    method: 'POST',
    body: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  })

test('mallory and hers bring as many lines as a request may hold and do not let them be read: they wait as they came', async () => {
  const people = await Promise.all(Array.from({ length: SESSIONS }, (_, i) => world.person(`mallory-${i}`)))
  const channel = await world.channel(people[0]!, ...people.slice(1))
  const m = await world.connect(people[0]!, node)
  for (let i = 0; i < 40; i++) await m.send(channel, 'x'.repeat(8_000))
  const before = held()
  const uploads: Promise<unknown>[] = []
  const sessions: string[] = []
  for (const person of people) {
    const hello = { t: 'hello', ticket: world.ticket(person), protocol: PROTOCOL, client: 'test' }
    const answer = await (await post({ t: 'open' }, hello)).text()
    const { session } = JSON.parse(answer.split('\n')[0]!) as { session: string }
    sessions.push(session)
    // what is asked is more than may be under way while nobody takes the answers: nothing behind it is read
    const asking = Array.from({ length: 64 }, (_, req) => ({
      ...{ t: 'history', req, conversation: channel, from: 1, to: 40 },
    }))
    const short = '1\n'.repeat((LIMITS.frameBytes - JSON.stringify(asking).length) / 2)
    uploads.push(post({ t: 'up', session, n: 1 }, ...asking, short).catch(() => {}))
  }
  await vi.waitFor(() => expect(node.holds().unsentBytes).toBeGreaterThan(SESSIONS * PAGE), 20_000)
  // the messages of which those answers are made, and the bodies, four times over
  const share = 4 * (40 * 8_000 + LIMITS.frameBytes)
  expect((held() - before) / MIB).toBeLessThan((SESSIONS * share) / MIB)
  for (const session of sessions) await post({ t: 'end', session })
  await Promise.all(uploads)
}, 60_000)
