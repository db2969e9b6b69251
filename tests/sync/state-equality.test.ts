import { globSync } from 'node:fs'
import path from 'node:path'
import { allActs } from '@parley/domain'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Case } from './cases/case.ts'
import { CONVERSATION_CASES } from './cases/conversations.ts'
import { FILE_CASES } from './cases/files.ts'
import { MESSAGE_CASES } from './cases/messages.ts'
import { PRESENCE_CASES } from './cases/presence.ts'
import { RETENTION_CASES } from './cases/retention.ts'
import { unseen } from './cases/unseen.ts'
import { deliveries, keepingWire } from './deliveries.ts'
import { lookAtAll, lookAtNew, type State, stateOf } from './state-of.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.forget())
afterAll(() => world.close())

const people = ['alice', 'bob', 'carol'] as const
const CASES: Record<string, Case[]> = {
  ...MESSAGE_CASES,
  ...CONVERSATION_CASES,
  ...FILE_CASES,
  ...RETENTION_CASES,
  ...PRESENCE_CASES,
}

async function freshState(who: (typeof people)[number]): Promise<State> {
  const client = world.open(world[who])
  await client.whole()
  await lookAtAll(client)
  const state = stateOf(client)
  client.close()
  return state
}

/** Somebody who was there before, and has looked at everything. */
async function oldClient(who: (typeof people)[number], how: (typeof deliveries)[number]) {
  const [name, delivery] = how
  const keeping = keepingWire()
  const client = world.open(world[who], keeping.wire)
  await client.whole()
  await lookAtAll(client)
  client.asked()
  return { who, name, delivery, keeping, client }
}

/** Every file of the domain is loaded, so that every act is declared. */
async function everyAct() {
  const domain = path.join(import.meta.dirname, '../../packages/domain/src')
  for (const file of globSync('**/*.ts', { cwd: domain })) await import(path.join(domain, file))
  return [...allActs().values()]
}

test('every act that changes something has a case, or a reason why no client can see it', async () => {
  const changing = (await everyAct()).filter((act) => act.kind !== 'query').map((act) => act.name)
  expect(changing.length).toBeGreaterThan(20)
  const without = changing.filter((name) => !CASES[name]?.length && !unseen(name))
  expect(without, 'add a case under tests/sync/cases, or a reason in unseen.ts').toEqual([])
  const gone = Object.keys(CASES).filter((name) => !changing.includes(name))
  expect(gone, 'there are cases of acts that are gone').toEqual([])
})

describe('a client that was told equals one that has just asked (rules 8 and 10)', () => {
  const cases = Object.entries(CASES).flatMap(([act, list]) =>
    list.map((one) => [`${act}: ${one.title}`, one] as const),
  )
  test.each(cases)('%s', async (_, { given, when, asksNothing }) => {
    const room = await given(world)
    const clients = await Promise.all(people.flatMap((who) => deliveries.map((how) => oldClient(who, how))))
    for (const { client, keeping, delivery } of clients) {
      keeping.keepNews()
      await delivery.before?.(client, keeping, world)
    }
    await when(world, room)
    await world.quiet()
    for (const { client, keeping, delivery } of clients) await delivery.after(client, keeping, world)
    await world.settle()
    const fresh = Object.fromEntries(
      await Promise.all(people.map(async (who) => [who, await freshState(who)] as const)),
    )
    for (const { who, name, client, delivery } of clients) {
      if (asksNothing && delivery.whole) expect(client.asked(), `${who}, ${name}`).toEqual([])
      await lookAtNew(client)
      expect(stateOf(client), `${who}, ${name}`).toEqual(fresh[who])
    }
  })
})
