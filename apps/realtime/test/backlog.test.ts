import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { Backlog } from '../src/gateway/backlog.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { frameOf } from '../src/gateway/frame.ts'
import { connected, events } from './support/tap.ts'

describe('a crowd that takes nothing (rule 16)', () => {
  const CROWD = 1_000
  /** All of them stuck with one frame in flight. */
  async function crowd() {
    let time = 1
    const backlog = new Backlog(() => time)
    const all = Array.from({ length: CROWD }, () => connected(backlog))
    for (const { wire } of all) wire.takes = false
    const tell = async (frame: Buffer) => {
      for (const { connection } of all) connection.live(frame, time)
      await turn()
    }
    await tell(events(0))
    const later = (ms: number) => {
      time += ms
    }
    return { all, backlog, tell, later }
  }

  test('waits for one and the same frame, which counts once', async () => {
    const { all, backlog, tell } = await crowd()
    const { bytes } = backlog
    await tell(events(1, 'x'.repeat(100_000)))
    expect(backlog.bytes - bytes).toBeLessThan(100_100 + CROWD * BOUNDS.heldFrameBytes)
    for (const { wire } of all) wire.takeAll()
    await turn()
    expect(backlog.bytes).toBe(0)
  })

  test('is left out once the budget of the node is used up, and those who keep up notice nothing', async () => {
    const { all, backlog, tell } = await crowd()
    const quick = connected(backlog)
    let said = 0
    while (all.every(({ connection }) => connection.behind === 0) || said % 500 !== 0) {
      const frame = events(++said, 'x'.repeat(300))
      quick.connection.live(frame, 1)
      await tell(frame)
      expect(backlog.bytes).toBeLessThan(BOUNDS.backlogBytes + 1_000)
    }
    expect(all.some(({ connection }) => connection.behind === 0)).toBe(true)
    expect(quick.connection.behind).toBe(0)
    expect(quick.writes).toHaveLength(said)
    for (const { connection, wire, writes } of all) {
      const wasBehind = connection.behind !== 0
      wire.takeAll()
      await turn()
      const last = wasBehind ? frameOf({ t: 'resync' }) : events(said, 'x'.repeat(300))
      expect(writes.at(-1)!.subarray(-last.length)).toEqual(last)
    }
    expect(backlog.bytes).toBe(0)
  })

  test('with answers that nobody takes is cut off, the greediest of them, until the others fit', async () => {
    const { all, backlog, later } = await crowd()
    const answer = { t: 'failed', req: 1, code: 'internal', says: 'x'.repeat(50_000) } as const
    for (const { connection } of all.slice(0, 600)) connection.answer(answer)
    expect(backlog.full).toBe(true)
    backlog.relieve()
    expect(backlog.full).toBe(true)
    const reading = backlog.room(all[0]!.connection)
    later(BOUNDS.stuckMs + 1)
    backlog.relieve()
    expect(backlog.full).toBe(false)
    await reading
    const cut = all.filter(({ wire }) => wire.terminate.mock.calls.length > 0)
    expect(cut.length).toBeGreaterThan(50)
    expect(cut.length).toBeLessThan(200)
    expect(all.slice(600).every(({ wire }) => wire.terminate.mock.calls.length === 0)).toBe(true)
  })
})

describe('people who take too little while the budget is used up (rule 16)', () => {
  let time = 0
  let backlog: Backlog
  beforeEach(() => {
    time = 0
    backlog = new Backlog(() => time)
  })
  /** Devices of one person, each with so many answers of 50 KB to take. */
  function devices(many: number, answers: number) {
    const person = { id: '1' }
    const all = Array.from({ length: many }, () => connected(backlog, person))
    for (const one of all) {
      one.wire.takes = false
      ask(one, answers)
    }
    return all
  }
  const ask = ({ connection }: ReturnType<typeof connected>, answers: number) => {
    for (let i = 0; i < answers; i++)
      connection.answer({ t: 'failed', req: i, code: 'internal', says: 'x'.repeat(50_000) })
  }
  const wasCut = ({ wire }: ReturnType<typeof connected>) => wire.terminate.mock.calls.length > 0
  const SECONDS = (BOUNDS.stuckMs / 1_000) * 4

  test('mallory, whose devices take an answer a second, is cut off until she holds no more than others; bob, who is slow, is not', async () => {
    const hers = devices(50, 11)
    const [his] = devices(1, 20)
    await turn()
    expect(backlog.full).toBe(true)
    for (let i = 0; i < SECONDS; i++) {
      time += 1_000
      for (const one of hers) if (!wasCut(one)) one.wire.takeOne()
      // what she has taken she asks for again
      for (const one of hers) if (!wasCut(one)) ask(one, 1)
      backlog.relieve()
    }
    expect(backlog.full).toBe(false)
    expect(hers.some(wasCut)).toBe(true)
    expect(wasCut(his!)).toBe(false)
  })

  test('one device that takes all it is sent is no excuse for the others, and is not cut off with them', async () => {
    const [quick, ...others] = devices(50, 11)
    devices(1, 1)
    await turn()
    for (let i = 0; i < SECONDS; i++) {
      time += 1_000
      quick!.wire.takeAll()
      quick!.wire.takes = false
      ask(quick!, 200)
      await turn()
      backlog.relieve()
    }
    expect(others.some(wasCut)).toBe(true)
    expect(wasCut(quick!)).toBe(false)
  })

  test('two who hold too much are left an equal share each', async () => {
    const [hers, his] = [devices(40, 8), devices(40, 7)]
    await turn()
    const held = (all: typeof hers) => all.reduce((sum, { connection }) => sum + connection.unsent, 0)
    backlog.relieve()
    time += BOUNDS.stuckMs + 1
    while (backlog.full) backlog.relieve()
    for (const all of [hers, his]) {
      // give or take one device
      expect(Math.abs(held(all) - BOUNDS.backlogBytes / 2)).toBeLessThan(500_000)
    }
  })

  test('nor is a crowd that waits for one and the same, though each of them waits for more than mallory', async () => {
    const crowd = Array.from({ length: 40 }, () => connected(backlog))
    for (const { wire } of crowd) wire.takes = false
    for (let i = 0; i < 75; i++) {
      const frame = events(i, 'x'.repeat(100_000))
      for (const { connection } of crowd) connection.live(frame, time)
    }
    const hers = [devices(1, 120), devices(1, 120), devices(1, 120)].flat()
    await turn()
    expect(backlog.full).toBe(true)
    backlog.relieve()
    time += BOUNDS.stuckMs + 1
    backlog.relieve()
    expect(backlog.full).toBe(false)
    expect(hers.some(wasCut)).toBe(true)
    expect(crowd.some(wasCut)).toBe(false)
  })

  test('nobody is who takes within that time what they were sent, however much they ask for', async () => {
    const all = [devices(10, 60), devices(10, 60)].flat()
    await turn()
    for (let i = 0; i < SECONDS; i++) {
      expect(backlog.full).toBe(true)
      backlog.relieve()
      time += 1_000
      for (const one of all) {
        one.wire.takeAll()
        one.wire.takes = false
        ask(one, 60)
      }
      await turn()
    }
    expect(all.some(wasCut)).toBe(false)
  })
})
