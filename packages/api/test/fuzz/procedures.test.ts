import { type Act, ROLES } from '@parley/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawn, MINUTES, SEED } from '../../../../tests/support/fuzzing.ts'
import type { Asked } from '../../../../tests/support/hostile-http.ts'
import { appRouter } from '../../src/routers/index.ts'
import { everyAct } from '../gate/all-acts.ts'
import { hostileJson, plainJson } from './hostile-value.ts'
import { judge } from './judge.ts'
import { type Office, openOffice } from './office.ts'
import { Known, valuesOf } from './values-of.ts'

type Procedure = { _def: { type: 'query' | 'mutation'; meta: { act: string } } }
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

/** Calls of one person, before another takes their place: nobody meets a rate limit, whose test is another. */
const CALLS = 60
/** What is asked by an address is no longer than addresses may be. */
const ADDRESS_LENGTH = 8_000

let office: Office
let acts: Map<string, Act>
beforeAll(async () => {
  office = await openOffice()
  acts = new Map((await everyAct()).map((act) => [act.name, act]))
})
afterAll(() => office.close())

/** Something of one's own to be hostile with. */
async function settle(known: Known, headers: Record<string, string>, round: number): Promise<void> {
  const send = async (procedure: string, act: string, input: object) => {
    const { text } = await office.ask({
      method: 'POST',
      path: `/api/trpc/${procedure}`,
      body: JSON.stringify(input),
      headers,
    })
    const { data } = JSON.parse(text).result ?? expect.fail(text)
    known.learn(act, data)
    return data
  }
  const { id: conversation } = await send('conversations.create', 'conversation.create', {
    name: `own-${round}`,
    kind: 'public',
  })
  await send('messages.send', 'message.send', { id: crypto.randomUUID(), conversation, text: 'mine' })
  await send('files.begin', 'file.begin', { conversation, name: 'a.txt', size: 3 })
}

test(`whoever calls procedures with whatever values for ${MINUTES} minutes (seed ${SEED}) is told what is wrong, soon, and never how it works inside`, {
  timeout: (MINUTES * 60 + 240) * 1_000,
}, async () => {
  const known = new Known()
  const taken = new Set<string>()
  const called = new Set<string>()
  const until = performance.now() + MINUTES * 60_000
  for (let round = 0; round < ROLES.length + 2 || performance.now() < until; round++) {
    const role = [...ROLES, null, 'owner' as const][round % (ROLES.length + 2)]!
    const headers = {
      'x-forwarded-for': `10.${round >> 16}.${(round >> 8) & 255}.${round & 255}`,
      ...(role && (await office.browser(`mallory-${round}`, role))),
    }
    if (role) await settle(known, headers, round)
    for (let i = 0; i < CALLS; i++) {
      const nth = round * CALLS + i
      const [name, { _def }] = drawn(fc.constantFrom(...procedures), 3 * nth)
      const value = valuesOf(acts.get(_def.meta.act)!.input, known)
      const input = drawn(
        drawn(fc.boolean(), 3 * nth + 1) ? hostileJson(value) : plainJson(value),
        3 * nth + 2,
      )
      const byAddress = _def.type === 'query' ? `?input=${encodeURIComponent(input)}` : ''
      if (byAddress.length > ADDRESS_LENGTH) continue
      const asked: Asked =
        _def.type === 'query'
          ? { method: 'GET', path: `/api/trpc/${name}${byAddress}`, headers }
          : { method: 'POST', path: `/api/trpc/${name}`, body: input, headers }
      const answered = await office.ask(asked)
      judge(asked, answered)
      called.add(name)
      if (answered.status !== 200) continue
      taken.add(name)
      known.learn(_def.meta.act, JSON.parse(answered.text).result.data)
    }
    expect(office.failures()).toEqual([])
  }
  expect(called.size).toBeGreaterThan(procedures.length / 2)
  // it does not only knock: much of what there is was done
  expect(taken.size).toBeGreaterThan(procedures.length / 8)
})
