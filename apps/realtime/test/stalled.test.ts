import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StallAnswer, StallOrder } from '../../../scripts/bench/load/stalling.ts'
import { makeChannel, makePeople, personAt } from '../../../scripts/bench/population.ts'
import { residentOf } from '../../../scripts/bench/processes.ts'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { dial } from './support/dial.ts'
import { Raw } from './support/raw-client.ts'
import { type RealProcess, startRealtime } from './support/real-process.ts'
import { openWorld, type World } from './support/world.ts'

const CROWD = 1_000
const READERS = 10
const CHANNEL = '900'
/** Three bytes a character: with 90 of them the kernel's buffers of every socket are full long before the end. */
const TEXT = 'あ'.repeat(20_000)
const EACH = 9
const MEGABYTE = 1_048_576
/** A megabyte to a thousand people takes as long as the machine has other things to do. */
const PATIENCE_MS = 60_000
const MOST_GROWTH = 50 * MEGABYTE

let world: World
let node: RealProcess
let alice: Someone
beforeAll(async () => {
  world = await openWorld()
  node = await startRealtime(world.env, 'node-a')
  alice = await world.person('alice')
  await makePeople(world.deps.db, CROWD + READERS)
  await makeChannel(world.deps.db, CHANNEL, CROWD + READERS)
}, 60_000)
afterAll(async () => {
  await node?.child.stop()
  await world?.close()
})

const ticketOf = (index: number) => {
  const id = personAt(index)
  return { person: id, ticket: world.ticket({ ...alice, id, session: id, device: id }) }
}

test('a thousand members of a busy channel stop reading: the process grows by less than 50 MB, the others hear everything in order, and whoever reads again is told to resync and then holds everything (rules 15 and 16)', {
  timeout: 500_000,
}, async () => {
  const readers: Raw[] = []
  for (let i = 0; i < READERS; i++) {
    const reader = new Raw(await dial(node.port, 'socket'))
    await reader.hello(ticketOf(CROWD + i).ticket)
    readers.push(reader)
  }
  const said: string[] = []
  const say = async (reader: Raw, times: number) => {
    for (let n = 0; n < times; n++) {
      const text = `${said.length} ${TEXT.slice(10)}`
      said.push(text)
      expect(await reader.send(CHANNEL, text, randomUUID(), PATIENCE_MS)).toMatchObject({ t: 'ack' })
    }
  }
  // what runs for the first time, and a heap that has seen messages of this size, no crowd is to blame for
  await Promise.all(readers.map((reader) => say(reader, EACH)))
  const crowd = fork(path.join(import.meta.dirname, '../../../scripts/bench/load/stalling.ts'))
  const ask = (order: StallOrder) =>
    new Promise<StallAnswer>((resolve, reject) => {
      crowd.once('message', (answer: StallAnswer) =>
        answer.done === 'failed' ? reject(new Error(answer.why)) : resolve(answer),
      )
      crowd.send(order)
    })
  let watching: NodeJS.Timeout | undefined
  try {
    const url = `ws://127.0.0.1:${node.port}`
    const places = Array.from({ length: CROWD }, (_, i) => ticketOf(i))
    await ask({ do: 'connect', url, places, conversation: CHANNEL, at: said.length })
    const before = residentOf(node.child.pid)
    await ask({ do: 'stall' })

    let most = 0
    watching = setInterval(() => {
      most = Math.max(most, residentOf(node.child.pid))
    }, 50)
    await Promise.all(readers.map((reader) => say(reader, EACH)))
    // who has not taken a megabyte for so long is slow, and what follows is left out
    await sleep(2 * BOUNDS.slowMs)
    await Promise.all(readers.map((reader) => say(reader, 1)))
    clearInterval(watching)
    const total = said.length
    const seqsOf = (reader: Raw) =>
      reader.events(CHANNEL).map((event) => event.type === 'message.created' && event.message.seq)
    for (const reader of readers) {
      await reader.until(
        'events',
        ({ events }) => events.some(({ version }) => version === total),
        PATIENCE_MS,
      )
      expect(seqsOf(reader)).toEqual(Array.from({ length: total }, (_, seq) => seq + 1))
    }
    expect(most - before).toBeLessThan(MOST_GROWTH)
    expect(await ask({ do: 'read', version: total })).toEqual({
      done: 'read',
      resynced: CROWD,
      cutOff: 0,
      whole: CROWD,
    })
  } finally {
    clearInterval(watching)
    crowd.kill()
    for (const reader of readers) reader.far.terminate()
  }
})
