import { setImmediate as turn } from 'node:timers/promises'
import { type ClientFrame, jsonOf, LIMITS, type ServerFrame } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { Backlog } from '../src/gateway/backlog.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { payloadOf } from '../src/gateway/frame.ts'
import type { Node } from '../src/gateway/node.ts'
import { receive } from '../src/gateway/receive.ts'
import { turns } from '../src/gateway/turns.ts'
import { connected } from './support/tap.ts'

let world: TestDeps
let mallory: Someone
let backlog: Backlog
let node: Node
let person: { id: string; asked: number }
beforeAll(async () => {
  world = await testDeps()
  mallory = await someone(world, 'mallory')
})
afterAll(() => world.close())
beforeEach(() => {
  backlog = new Backlog(() => 0)
  person = { id: mallory.id, asked: 0 }
  const reads = turns(1, backlog)
  node = { deps: world.deps, backlog, now: () => 0, firstReads: reads, syncReads: reads } as unknown as Node
})

/** A device of mallory's that has an answer to take, and does not. */
async function device() {
  const one = connected(backlog, person)
  Object.assign(one.connection.stage, { actor: mallory })
  const answers: ServerFrame[] = []
  const { write } = one.wire
  one.wire.write = (frames, bytes) => {
    for (const frame of frames) answers.push(jsonOf(payloadOf(frame).toString()) as ServerFrame)
    return write(frames, bytes)
  }
  one.wire.takes = false
  one.connection.answer({ t: 'failed', req: 0, code: 'internal', says: 'x'.repeat(BOUNDS.answerBytes) })
  await turn()
  return {
    ...one,
    answers,
    say: (frame: ClientFrame) => void receive(one.connection, bytesOf(frame), false, node),
  }
}
const bytesOf = (frame: ClientFrame) => Buffer.from(JSON.stringify(frame))
/** Names as many conversations as may be named. */
const catchUp = (req: number): ClientFrame => ({
  t: 'sync',
  req,
  person: 0,
  conversations: Array.from({ length: LIMITS.syncConversations }, (_, i) => [`${1_000_000 + i}`, 9, 1]),
})
const edit = (req: number): ClientFrame => ({
  t: 'edit',
  req,
  conversation: '1',
  message: '2',
  text: 'x'.repeat(LIMITS.messageText),
})
const settled = async ({ connection }: { connection: { settled(): Promise<void> } }) => {
  await connection.settled()
  await turn()
}

test.each([
  ['names thousands of conversations each time', catchUp, 2],
  ['edits long messages', edit, 13],
])(
  'whoever takes no answer and %s is soon read no further, until what she asked is done (rule 15)',
  async (_, ask, most) => {
    const one = await device()
    let asked = 0
    while (!one.wire.isPaused) one.say(ask(++asked))
    expect(asked).toBe(most)
    one.wire.takeAll()
    await settled(one)
    expect(one.wire.isPaused).toBe(false)
    expect(one.answers.filter((answer) => 'req' in answer && answer.req > 0)).toHaveLength(most)
  },
)

test('what all devices of one person ask for together is bounded: more is refused, and can be asked again once that is done', async () => {
  const devices = await Promise.all(Array.from({ length: 50 }, device))
  for (const [i, one] of devices.entries()) for (const req of [1, 2]) one.say(catchUp(2 * i + req))
  const waiting = devices.reduce((sum, { connection }) => sum + connection.underWay, 0) / BOUNDS.syncWeight
  expect(waiting).toBe(Math.floor(BOUNDS.askedBytes / bytesOf(catchUp(1)).length))
  for (const one of devices) one.wire.takeAll()
  await Promise.all(devices.map(settled))
  const answers = devices.flatMap(({ answers }) => answers.filter((one) => 'req' in one && one.req > 0))
  const refused = answers.filter((one) => one.t === 'failed')
  expect(answers).toHaveLength(100)
  expect(refused).toHaveLength(100 - waiting)
  expect(new Set(refused.map((one) => one.t === 'failed' && one.code))).toEqual(new Set(['too_many']))
  devices[49]!.say(catchUp(200))
  await settled(devices[49]!)
  expect(devices[49]!.answers.at(-1)).toMatchObject({ t: 'synced', req: 200, more: false })
})
