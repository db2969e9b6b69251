import { doJob } from '@parley/domain/outbox/do-job'
import { relayAll, relayOutbox } from '@parley/domain/outbox/relay-outbox'
import { ParleyError } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'

let world: TestDeps
beforeEach(async () => {
  world = await testDeps()
})
afterEach(() => world.close())

const MINUTE = 60_000
/** A row that somebody left behind so long ago; `dueInMs`: from now. */
const left = async (payload: object, agoMs = MINUTE, dueInMs = -1): Promise<string> => {
  const [row] = await world.db.sql<{ id: string }>`
    INSERT INTO outbox (payload, created_at, due_at)
    VALUES (${JSON.stringify(payload)}, now() - make_interval(secs => ${agoMs / 1_000}), now() + make_interval(secs => ${dueInMs / 1_000}))
    RETURNING id`
  return row!.id
}
const due = () => world.db.sql`UPDATE outbox SET due_at = now()`
const rows = async () =>
  (await world.db.sql<{ id: string }>`SELECT id FROM outbox ORDER BY id`).map(({ id }) => id)
const mail = {
  name: 'mail.send',
  payload: { to: 'bob@example.org', subject: 'Hello', text: 'Hello' },
} as const

describe('what a publisher left behind', () => {
  test('is told; what follows from it is queued, and its rows stay until that is done', async () => {
    const said = await left({ changes: [['7', 3, 5]], people: [['9', 2]] })
    const letter = await left({ job: mail })
    await left({ people: [['9', 3]] })
    await relayAll(world.deps)
    expect(world.republished).toMatchObject([
      { changes: [['7', 3, 5]], people: [['9', 2]] },
      { people: [['9', 3]] },
    ])
    expect(world.jobs).toMatchObject([
      { ...mail, outbox: [letter] },
      { name: 'messages.changed', payload: { changes: [['7', 3, 5]] }, outbox: [said] },
    ])
    expect(await rows()).toEqual([said, letter])
    for (const job of world.jobs) await doJob(world.deps, job, async () => {})
    expect(await rows()).toEqual([])
  })

  test('is left alone while the publisher may still be at it, and for a while after it was told', async () => {
    await left({ changes: [['7', 1, 1]] }, 100, 4_900)
    await relayAll(world.deps)
    expect(world.republished).toEqual([])
    await due()
    await relayAll(world.deps)
    await relayAll(world.deps)
    expect(world.republished).toHaveLength(1)
    await due()
    await relayAll(world.deps)
    expect(world.jobs).toHaveLength(2)
  })

  test('stays due when it cannot be told', async () => {
    const row = await left({ changes: [['7', 1, 1]] })
    const away = { publish: async () => {}, republish: () => Promise.reject(new Error('Redis is away')) }
    await expect(relayOutbox({ ...world.deps, publisher: away })).rejects.toThrow('Redis is away')
    expect([world.jobs.length, await rows()]).toEqual([0, [row]])
    await relayAll(world.deps)
    expect(world.jobs).toHaveLength(1)
  })

  test('is shared by two relays, many rows in one job', async () => {
    for (let i = 1; i <= 300; i++) await left({ changes: [[String(i), 1, 1]] })
    await Promise.all([relayAll(world.deps), relayAll(world.deps)])
    const told = world.republished.map((payload) => payload.changes![0]![0])
    expect([told.length, new Set(told).size, world.jobs.length]).toEqual([300, 300, 2])
  })
})

describe('a job', () => {
  test('that is handed out twice is done once', async () => {
    const outbox = [await left({ job: mail })]
    let times = 0
    const work = async () => void times++
    await doJob(world.deps, { name: 'mail.send', outbox }, work)
    await doJob(world.deps, { name: 'mail.send', outbox }, work)
    expect(times).toBe(1)
  })

  test('that somebody is at is not handed out to another', async () => {
    const outbox = [await left({ job: mail })]
    await doJob(world.deps, { name: 'mail.send', outbox }, async () => {
      await relayAll(world.deps)
      expect(world.jobs).toEqual([])
    })
  })

  test('that fails is kept, unless no other attempt could end differently', async () => {
    const [soon, never] = [await left({ job: mail }), await left({ job: mail })]
    const failing = (error: Error) => () => Promise.reject(error)
    const away = new Error('the mail server is away')
    await expect(doJob(world.deps, { name: 'mail.send', outbox: [soon] }, failing(away))).rejects.toBe(away)
    const wrong = new ParleyError('bad_input', 'The mail server refuses this address.')
    await expect(doJob(world.deps, { name: 'mail.send', outbox: [never] }, failing(wrong))).rejects.toBe(
      wrong,
    )
    expect(await rows()).toEqual([soon])
  })

  test('that has failed for too long is given up, and the log says so', async () => {
    await left({ job: mail }, 25 * 60 * MINUTE)
    const index = await left({ changes: [['7', 1, 1]] }, 25 * 60 * MINUTE)
    await relayAll(world.deps)
    expect(await rows()).toEqual([index])
    expect(world.jobs).toMatchObject([{ name: 'messages.changed' }])
    expect(world.logged).toMatchObject([{ what: 'a job never came to an end and is given up' }])
  })
})
