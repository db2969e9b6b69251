import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawn, HEAP_SLACK, heapNow, MINUTES, SEED } from '../../../../tests/support/fuzzing.ts'
import { INSIDES, mangled, pour, statusesIn } from '../../../../tests/support/hostile-http.ts'
import { ENDPOINTS } from '../../src/rest/table.ts'
import { restRequest } from './hostile-rest.ts'
import { judge } from './judge.ts'
import { type Office, openOffice, type Program } from './office.ts'
import { Known } from './values-of.ts'

/** Requests at once, and how often, before another program takes their place: nobody meets a rate limit of acts. */
const TOGETHER = 10
const TURNS = 8
/** Rounds after which everything that is made once has been made. */
const WARM = 5

const acts = new Map(ENDPOINTS.map((row) => [row.name, row.act.name]))

let office: Office
let good: Program
beforeAll(async () => {
  office = await openOffice()
  good = await office.program('good')
})
afterAll(() => office.close())

const fromGood = (path: string, text?: string) =>
  office.ask({
    ...{ method: text === undefined ? 'GET' : 'POST', path },
    headers: { authorization: `Bearer ${good.secret}`, 'x-forwarded-for': '192.0.2.7' },
    ...(text !== undefined && { body: JSON.stringify({ text }) }),
  })

/** The program that behaves posts by both ways, and reads what it posted. */
async function allIsWell(round: number): Promise<void> {
  const messages = `/api/v1/conversations/${good.channel}/messages`
  const texts = [`hooked ${round}`, `posted ${round}`]
  expect((await fromGood(good.hook, texts[0])).status).toBe(200)
  expect((await fromGood(messages, texts[1])).status).toBe(201)
  const { items } = JSON.parse((await fromGood(`${messages}?limit=2`)).text)
  expect(items.map(({ text }: { text: string }) => text)).toEqual(texts.toReversed())
}

test(`a program sends whatever requests for ${MINUTES} minutes (seed ${SEED}) and is told what is wrong with each, while another works on`, {
  timeout: (MINUTES * 60 + 240) * 1_000,
}, async () => {
  const known = new Known()
  const [called, taken] = [new Set<string>(), new Set<string>()]
  let heap = 0

  async function one(program: Program, from: string, nth: number): Promise<void> {
    const request = restRequest(program, known, from)
    if (nth % 5 === 0) {
      const bytes = mangled(request.map(({ asked }) => asked))
      const said = await pour(office.port, drawn(bytes, nth), 300, drawn(fc.constantFrom(1, 1, 4), nth))
      expect(said).not.toMatch(INSIDES)
      expect(statusesIn(said).filter((status) => status >= 500)).toEqual([])
      return
    }
    const { name, asked } = drawn(request, nth)
    const answered = await office.ask(asked)
    judge(asked, answered)
    called.add(name)
    if (answered.status >= 300 || asked.method === 'HEAD' || asked.method === 'OPTIONS') return
    taken.add(name)
    if (answered.text) known.learn(acts.get(name) ?? name, JSON.parse(answered.text))
  }

  const until = performance.now() + MINUTES * 60_000
  for (let round = 0; round < 3 || performance.now() < until; round++) {
    const program = await office.program(`bot-${round}`)
    known.note('conversation', program.channel)
    const from = `10.${round >> 16}.${(round >> 8) & 255}.${round & 255}`
    for (let turn = 0; turn < TURNS; turn++)
      await Promise.all(
        Array.from({ length: TOGETHER }, (_, i) => one(program, from, (round * TURNS + turn) * TOGETHER + i)),
      )
    await allIsWell(round)
    expect(office.failures()).toEqual([])
    if (round === WARM) heap = heapNow()
  }
  expect(called.size).toBeGreaterThan(ENDPOINTS.length / 2)
  // it does not only knock
  expect(taken.size).toBeGreaterThan(ENDPOINTS.length / 4)
  if (heap > 0) expect(heapNow() - heap).toBeLessThan(HEAP_SLACK)
})
