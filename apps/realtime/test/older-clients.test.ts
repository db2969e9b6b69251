import { createSecretKey } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { issueTicket } from '@parley/domain/sessions/ticket'
import { jsonOf, OLDEST_PROTOCOL, PROTOCOL, type ServerFrame } from '@parley/protocol'
import { expect, test } from 'vitest'
import { Backlog } from '../src/gateway/backlog.ts'
import { Connection } from '../src/gateway/connection.ts'
import { payloadOf } from '../src/gateway/frame.ts'
import type { Node } from '../src/gateway/node.ts'
import { receive } from '../src/gateway/receive.ts'
import { tellHealth } from '../src/gateway/tell-health.ts'
import type { Wire } from '../src/gateway/wire.ts'

const key = createSecretKey(Buffer.from('a key of the test'))
const alice = { kind: 'person', id: '1', name: 'alice', role: 'member', session: '2', device: '3' } as const
const ticket = issueTicket(key, { ...alice, address: '' }, new Date())

/** A node to which everybody is welcome. */
const nodeThatIs = (healthy: boolean) =>
  ({
    ...{ name: 'one', now: () => 0, healthy: () => healthy, elsewhere: () => [] },
    deps: { secrets: { key: () => key }, now: () => new Date() },
    connecting: { take: () => true },
    revocations: { covers: () => false },
    departed: { recall() {} },
    delivery: {
      enter: async (_: unknown, admit: (person: object, standing: object) => unknown) =>
        admit({ id: '1', connections: [] }, { name: 'alice', role: 'member' }) !== null,
    },
  }) as unknown as Node

/** Somebody who comes to it with a client of that version, and what they hear. */
async function come(protocol: number, { healthy = true } = {}) {
  const heard: string[] = []
  const wire = {
    ...{ unsent: 0, received: 0, isPaused: false },
    write(frames: readonly Buffer[]) {
      for (const frame of frames) heard.push((jsonOf(payloadOf(frame).toString()) as ServerFrame).t)
      return frames
    },
  } as unknown as Wire
  const connection = new Connection(wire, '', 0, new Backlog(() => 0), { inside: 0 })
  const hello = { t: 'hello', ticket, protocol, client: 'test' }
  receive(connection, Buffer.from(JSON.stringify(hello)), false, nodeThatIs(healthy))
  await turn()
  return { connection, heard }
}

test('whoever comes while the database is away is told so, unless their client is older than that', async () => {
  for (let version = OLDEST_PROTOCOL; version <= PROTOCOL; version++) {
    const { heard } = await come(version, { healthy: false })
    await turn()
    expect(heard).toEqual(version < 5 ? ['welcome'] : ['welcome', 'database'])
  }
})

test('of those inside, whose clients know what it means are told that the database is away, and that it is back', async () => {
  const [old, latest] = [await come(4), await come(PROTOCOL)]
  for (const away of [true, false]) tellHealth([old.connection, latest.connection], away)
  await turn()
  expect(old.heard).toEqual(['welcome'])
  expect(latest.heard).toEqual(['welcome', 'database', 'database'])
})
