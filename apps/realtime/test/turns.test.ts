import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Connection } from '../src/gateway/connection.ts'
import { turns } from '../src/gateway/turns.ts'

const always = { isFullFor: () => false, room: async () => {} }

/** Work that is over when told so, of people by their names. */
function line(most: number) {
  const inTurn = turns(most, always)
  const people = new Map<string, object>()
  const begun: string[] = []
  const over = new Map<string, () => void>()
  return {
    begun,
    ask(who: string, what: string): Promise<void> {
      const whose = people.get(who) ?? {}
      people.set(who, whose)
      return inTurn({ whose } as Connection, async () => {
        begun.push(what)
        const { promise, resolve } = Promise.withResolvers<void>()
        over.set(what, resolve)
        await promise
      })
    },
    async end(what: string): Promise<void> {
      over.get(what)!()
      await turn()
    },
  }
}

test('bob, who comes when fifty devices of mallory ask for much, waits for one answer of hers', async () => {
  const { begun, ask, end } = line(1)
  for (let i = 1; i <= 50; i++) void ask('mallory', `hers ${i}`)
  void ask('bob', 'his')
  void ask('alice', 'another')
  await turn()
  for (const what of ['hers 1', 'his', 'another', 'hers 2']) await end(what)
  expect(begun).toEqual(['hers 1', 'his', 'another', 'hers 2', 'hers 3'])
})

test('nor does she take the places of others while there are several', async () => {
  const { begun, ask, end } = line(6)
  for (let i = 1; i <= 50; i++) void ask('mallory', `hers ${i}`)
  for (const who of ['alice', 'bob', 'carol']) void ask(who, who)
  await turn()
  expect(begun).toEqual(['hers 1', 'alice', 'bob', 'carol'])
  await end('hers 1')
  expect(begun).toEqual(['hers 1', 'alice', 'bob', 'carol', 'hers 2'])
})

test('work that fails gives its place on, to the same person and to others', async () => {
  const inTurn = turns(1, always)
  const [mallory, bob] = [{ whose: {} } as Connection, { whose: {} } as Connection]
  const failing = () => inTurn(mallory, () => Promise.reject(new Error('away')))
  const asked = [failing(), failing(), inTurn(bob, async () => 'his')]
  expect(await Promise.allSettled(asked)).toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
    { status: 'fulfilled', value: 'his' },
  ])
})
