import { randomUUID } from 'node:crypto'
import { PROTOCOL } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
let alice: Someone
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
  alice = await world.person('alice')
})
afterAll(() => world.close())

const ask = (body: string | null, options: { method?: string; origin?: string } = {}) =>
  fetch(`http://127.0.0.1:${node.port}/poll`, {
    ...{ method: options.method ?? 'POST', body },
    ...(options.origin && { headers: { origin: options.origin } }),
  })
const lines = (...parts: object[]): string => parts.map((part) => JSON.stringify(part)).join('\n')
const hello = () => ({ t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' })

/** What was answered, and whether nothing on the way may keep it. */
async function refusal(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('cache-control')).toContain('no-store')
  const { error } = JSON.parse(await answer.text()) as { error: { code: string; message: string } }
  return { status: answer.status, ...error }
}

/** A session of alice's, and the number of the batch that has her welcome. */
async function session() {
  const [head, welcome] = (await (await ask(lines({ t: 'open' }, hello()))).text()).split('\n')
  expect(JSON.parse(welcome!)).toMatchObject({ t: 'welcome', person: alice.id })
  return JSON.parse(head!) as { session: string; n: number }
}

describe('who may ask', () => {
  test('the web client reads its answer, without cookies; a page of another origin is turned away', async () => {
    const mine = await ask(lines({ t: 'open' }, hello()), { origin: 'http://localhost:3000' })
    expect(mine.status).toBe(200)
    expect(mine.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(mine.headers.get('access-control-allow-credentials')).toBeNull()
    expect(mine.headers.get('vary')).toContain('Origin')

    for (const origin of ['https://mallory.example', 'null', 'http://localhost:3000.mallory.example']) {
      const answer = await ask(lines({ t: 'open' }, hello()), { origin })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(await refusal(answer)).toMatchObject({ status: 403, code: 'not_allowed' })
    }
  })

  test('nothing but POST is answered', async () => {
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      const answer = await ask(null, { method })
      expect(answer.headers.get('allow')).toBe('POST')
      expect(await refusal(answer)).toEqual({
        ...{ status: 405, code: 'wrong_method', message: 'Ask with POST.' },
      })
    }
  })
})

describe('what is no request', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', 'hello?'],
    ['no object', '[]'],
    ['a head of no known kind', '{"t":"sideways"}'],
    ['a head with more in it', '{"t":"open","cookie":"1"}'],
    ['a head with less in it', '{"t":"down","session":"x"}'],
    ['a number below none', '{"t":"down","session":"x","ack":-1}'],
    ['a head without an end', `{"t":"down","session":"${'x'.repeat(BOUNDS.pollHeadBytes)}`],
  ])('%s is answered by 400', async (_, body) => {
    expect(await refusal(await ask(body))).toMatchObject({
      ...{ status: 400, code: 'bad_input' },
      message: expect.stringContaining('head'),
    })
  })

  test('a session is opened by one hello and nothing else', async () => {
    for (const body of [lines({ t: 'open' }), lines({ t: 'open' }, hello(), { t: 'ping' })])
      expect(await refusal(await ask(body))).toMatchObject({ status: 400 })
  })

  test('what is longer than it may be is answered by 413, also when most of it is still to come', async () => {
    const { session: id } = await session()
    const bodies = [
      `${lines({ t: 'open' })}\n${'x'.repeat(BOUNDS.helloBytes + BOUNDS.pollHeadBytes)}`,
      `${lines({ t: 'up', session: id, n: 1 })}\n${'x'.repeat(LIMITS.frameBytes + BOUNDS.pollHeadBytes)}`,
    ]
    for (const body of bodies) expect(await refusal(await ask(body))).toMatchObject({ status: 413 })
  })
})

describe('whose turn it is', () => {
  test('a session that nobody has is answered by 404, whatever is asked of it', async () => {
    for (const head of [
      { t: 'down', session: 'mallory', ack: 0 },
      { t: 'up', session: 'mallory', n: 1 },
      { t: 'end', session: 'mallory' },
    ])
      expect(await refusal(await ask(lines(head)))).toMatchObject({ status: 404 })
  })

  test('a poll that comes late is answered by 409 and changes nothing', async () => {
    const { session: id, n } = await session()
    const ping = async (count: number) =>
      (await ask(lines({ t: 'up', session: id, n: count }, { t: 'ping' }))).status
    const down = (ack: number) => ask(lines({ t: 'down', session: id, ack }))
    for (const count of [1, 2]) {
      expect(await ping(count)).toBe(200)
      expect(await (await down(n + count - 1)).text()).toContain('pong')
    }
    // batch n + 1 is known to have arrived: nobody who did not get it asks now
    expect(await refusal(await down(n))).toMatchObject({ status: 409 })
    expect(await ping(3)).toBe(200)
    expect(await (await down(n + 2)).text()).toContain('pong')
  })

  test('a batch that was never sent cannot have arrived, and an upload cannot come before the last', async () => {
    const one = await session()
    expect(
      await refusal(await ask(lines({ t: 'down', session: one.session, ack: one.n + 1 }))),
    ).toMatchObject({
      status: 400,
    })
    const other = await session()
    expect(
      await refusal(await ask(lines({ t: 'up', session: other.session, n: 2 }, { t: 'ping' }))),
    ).toMatchObject({
      status: 400,
    })
  })
  test('what the end brings once more is not taken again, and what it brings beside that is', async () => {
    const channel = await world.channel(alice)
    const { session: id } = await session()
    const say = (text: string) => ({ t: 'send', id: randomUUID(), conversation: channel, text })
    expect((await ask(lines({ t: 'up', session: id, n: 1 }, say('One.')))).status).toBe(200)
    const end = lines({ t: 'end', session: id, n: 1 }, say('One, again.'), say('Two.'))
    expect((await ask(end)).status).toBe(200)
    const written = await world.deps.db.sql<{ text: string }>`
      SELECT text FROM messages WHERE conversation_id = ${channel} ORDER BY seq`
    expect(written.map(({ text }) => text)).toEqual(['One.', 'Two.'])
    expect(await refusal(await ask(end))).toMatchObject({ status: 404 })
  })
})
