import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { ticketFor } from '../tickets.ts'
import { enter, say } from './enter.ts'
import { inGroups } from './in-groups.ts'
import { obeyOrders } from './obey-orders.ts'

/** People who come and go, or use their device and leave it, and people who look at them. */
export type ComingOrder =
  /** Lets them in, to stay. `looks`: at whom and at which conversations each looks; at nobody without it. */
  | { do: 'come'; url: string; people: string[]; looks?: { people: string[]; conversations: string[] }[] }
  /** Each of them comes and leaves again, one after another within `ms`. */
  | { do: 'pass'; url: string; people: string[]; ms: number }
  /** Each of those who are here leaves their device and takes it up again, one after another within `ms`. */
  | { do: 'rest'; ms: number }
  /** What those who are here were told of others since the last time. */
  | { do: 'count' }
  | { do: 'leave' }
export type ComingAnswer =
  | { done: 'ready' }
  /** `entries`: how often they were told of one person. */
  | { done: 'counted'; frames: number; entries: number }
  | { done: 'failed'; why: string }

const TOGETHER = 100
/** Somebody comes for so long, or is away for so long: longer than the ticks in which it is told. */
const STAY_MS = 3_000

let here: WebSocket[] = []
let [frames, entries] = [0, 0]

async function come(url: string, person: string): Promise<WebSocket> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { ws } = await enter(url, ticketFor(person).ticket, (frame) => {
    if (frame.t === 'synced' && !frame.more) resolve()
    if (frame.t !== 'presence') return
    frames++
    entries += frame.people?.length ?? 0
  })
  say(ws, { t: 'sync', req: 1, person: 0, conversations: [] })
  await promise
  return ws
}

async function comeToStay({ url, people, looks }: Extract<ComingOrder, { do: 'come' }>): Promise<void> {
  const came = await inGroups(people, TOGETHER, async (person, at) => {
    const ws = await come(url, person)
    if (looks) say(ws, { t: 'look', ...looks[at]! })
    return ws
  })
  here.push(...came)
}

async function pass(url: string, person: string): Promise<void> {
  const ws = await come(url, person)
  await sleep(STAY_MS)
  const gone = new Promise((resolve) => ws.once('close', resolve))
  ws.close(1000)
  await gone
}

async function rest(ws: WebSocket): Promise<void> {
  say(ws, { t: 'activity', idle: true })
  await sleep(STAY_MS)
  say(ws, { t: 'activity', idle: false })
}

/** Begins with one after another, evenly over `ms`; resolves when all are done. */
async function oneByOne<One>(
  all: readonly One[],
  ms: number,
  work: (one: One) => Promise<void>,
): Promise<void> {
  const began = performance.now()
  const working: Promise<void>[] = []
  while (working.length < all.length) {
    const due = Math.min(all.length, ((performance.now() - began) / ms) * all.length)
    while (working.length < due) working.push(work(all[working.length]!))
    await sleep(1)
  }
  await Promise.all(working)
}

obeyOrders(async (order: ComingOrder): Promise<ComingAnswer> => {
  switch (order.do) {
    case 'come':
      await comeToStay(order)
      break
    case 'pass':
      await oneByOne(order.people, order.ms, (person) => pass(order.url, person))
      break
    case 'rest':
      await oneByOne(here, order.ms, rest)
      break
    case 'count': {
      const counted = { done: 'counted', frames, entries } as const
      ;[frames, entries] = [0, 0]
      return counted
    }
    case 'leave':
      for (const ws of here) ws.terminate()
      here = []
  }
  return { done: 'ready' }
})
