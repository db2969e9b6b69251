import { randomUUID } from 'node:crypto'
import { perform } from '@parley/domain'
import { createChannel } from '@parley/domain/conversations/create'
import { sendMessage } from '@parley/domain/messages/send-message'
import { type ClientFrame, jsonOf, OLDEST_PROTOCOL, PROTOCOL, type ServerFrame } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { Backlog } from '../src/gateway/backlog.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { Connection, type Inside } from '../src/gateway/connection.ts'
import { payloadOf } from '../src/gateway/frame.ts'
import type { Node } from '../src/gateway/node.ts'
import { turns } from '../src/gateway/turns.ts'
import type { Wire } from '../src/gateway/wire.ts'
import { history, thread } from '../src/handlers/page.ts'

/** Three bytes a character: two make a page. */
const LONG = '字'.repeat(20_000)
const ROOTS = 8

let world: TestDeps
let bob: Someone
let channel: string
let root: string
beforeAll(async () => {
  world = await testDeps()
  bob = await someone(world, 'bob')
  channel = (await perform(createChannel, bob, { name: 'logs', kind: 'private' }, world.deps)).id
  const say = async (more = {}) => {
    const input = { id: randomUUID(), conversation: channel, text: LONG, ...more }
    return (await perform(sendMessage, bob, input, world.deps)).message
  }
  root = await say()
  for (let i = 1; i < ROOTS; i++) await say()
  for (let i = 0; i < ROOTS; i++) await say({ root })
})
afterAll(() => world.close())

let backlog: Backlog
let node: Node
beforeEach(() => {
  backlog = new Backlog(() => 0)
  const pageReads = turns(1, backlog)
  node = { deps: world.deps, backlog, now: () => 0, pageReads } as unknown as Node
})

/** bob asks with a client of that version, and is answered. */
async function ask(protocol: number, frame: ClientFrame & { t: 'history' | 'thread' }): Promise<ServerFrame> {
  const { promise, resolve } = Promise.withResolvers<ServerFrame>()
  const write = (frames: readonly Buffer[]) => {
    resolve(jsonOf(payloadOf(frames[0]!).toString()) as ServerFrame)
    return frames
  }
  const connection = new Connection({ write, unsent: 0, pause() {} } as unknown as Wire, '', 0, backlog, {
    inside: 0,
  })
  const stage = { at: 'inside', actor: bob, person: { id: bob.id, asked: 0 } }
  connection.stage = { ...stage, protocol, pages: null } as unknown as Inside
  const handler = frame.t === 'history' ? history : thread
  handler(connection, connection.stage as Inside, frame as never, node, 80)
  return await promise
}
const stretch = () => ({ req: 1, conversation: channel, from: 1, to: 100 })
const ordinalsIn = (page: ServerFrame, of: string | null) => {
  if (page.t !== 'messages') throw new Error(`answered with ${page.t}`)
  return page.messages.filter((one) => one.root === of).map(({ ordinal }) => ordinal)
}
const all = Array.from({ length: ROOTS }, (_, i) => i + 1)

test('bob is answered with a few of the long messages that he asks for, and where to go on', async () => {
  const page = await ask(PROTOCOL, { t: 'history', ...stretch() })
  expect(ordinalsIn(page, null)).toEqual([1, 2, 3])
  expect(page).toHaveProperty('next', 4)
})

test('with a client that would take them for all there are he is answered with all of them', async () => {
  for (let protocol = OLDEST_PROTOCOL; protocol < 6; protocol++) {
    const page = await ask(protocol, { t: 'history', ...stretch() })
    expect(ordinalsIn(page, null)).toEqual(all)
    expect(page).not.toHaveProperty('next')
    const replies = await ask(protocol, { t: 'thread', root, ...stretch() })
    expect(ordinalsIn(replies, root)).toEqual(all)
  }
})

test('such a client is told to come again while others use up what the node may hold (rule 16)', async () => {
  const large = Buffer.alloc(BOUNDS.backlogBytes + 1)
  const { pageReads } = node
  // used up once the first of them are read
  node.pageReads = (connection, read) =>
    pageReads(connection, () => {
      const reading = read()
      backlog.hold(large)
      return reading
    })
  expect(await ask(5, { t: 'history', ...stretch() })).toMatchObject({ t: 'failed', code: 'unavailable' })
  backlog.release(large)
  node.pageReads = pageReads
  expect(ordinalsIn(await ask(5, { t: 'history', ...stretch() }), null)).toEqual(all)
})
