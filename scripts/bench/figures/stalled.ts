import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type Socket } from '@parley/sync'
import { WebSocket } from 'ws'
import type { StallAnswer, StallOrder } from '../load/stalling.ts'
import { type LoadProcess, openLoadProcess } from '../load-process.ts'
import { makeChannel, makePeople, peopleFrom, personAt } from '../population.ts'
import { residentOf } from '../processes.ts'
import { type Figure, figure, median, quantile } from '../report.ts'
import type { Load, Server, Stage } from '../stage.ts'
import { inRounds } from './in-rounds.ts'

const READERS = 100
const CROWD = 1_000
const CHANNEL = '1100'
const RATE = 50
const WARM_MS = 2_000
/** Who has taken nothing of a megabyte for longer is left out. */
const STUCK_MS = 1_000
/** More than the kernel keeps for a socket that is not read: 4 MiB on Linux, unless told otherwise. */
const LARGE = 'あ'.repeat(20_000)
const LARGE_EACH = 30
const TALKERS = 3

type Crowd = LoadProcess<StallOrder, StallAnswer>

/** A thousand members of a busy channel stop reading: what that costs the server in memory, and the others in time. */
export async function stalled(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, READERS + CROWD)
  await makeChannel(stage.db, CHANNEL, READERS + CROWD)
  const runs: { growth: number; alone: number; beside: number }[] = []
  await inRounds('stalled', rounds, async () => {
    const server = await stage.startParley()
    const load = stage.load('parley')
    const crowd = openLoadProcess<StallOrder, StallAnswer>('stalling')
    try {
      runs.push(await run(stage, { server, load, crowd }, ms))
    } finally {
      crowd.end()
      load.end()
      await server.stop()
    }
  })
  const of = (value: (one: (typeof runs)[number]) => number) => median(runs.map(value))
  return [
    figure(
      'stalled.growth',
      `bytes resident more, ${CROWD} members stalled`,
      of((one) => one.growth),
    ),
    figure(
      'stalled.p99',
      `ms, send to receive, ${READERS} others at ${RATE}/s; beside it: without the crowd`,
      of((one) => one.beside),
      of((one) => one.alone),
    ),
  ]
}

async function run(
  stage: Stage,
  { server, load, crowd }: { server: Server; load: Load; crowd: Crowd },
  ms: number,
) {
  const places = (from: number, count: number) => peopleFrom(from, count).map(stage.ticket)
  await load.ask({ do: 'connect', url: server.url, places: places(0, READERS) })
  const senders = Array.from({ length: READERS }, (_, at) => ({ at, conversation: CHANNEL }))
  const measure = async () => {
    const measured = await load.measure({ do: 'open', senders, rate: RATE, warmMs: WARM_MS, ms })
    return quantile(measured.delivery, 0.99)
  }
  const flood = await openFlood(stage, server)
  try {
    // a heap that has seen messages of this size is nobody's to blame
    await flood.talk()
    const alone = await measure()
    await crowd.ask({
      ...{ do: 'connect', url: server.url, places: places(READERS, CROWD), conversation: CHANNEL, at: 0 },
    })
    const before = residentOf(server.pid)
    await crowd.ask({ do: 'stall' })
    let most = before
    const watching = setInterval(() => {
      most = Math.max(most, residentOf(server.pid))
    }, 50)
    try {
      await flood.talk()
      await sleep(STUCK_MS)
      return { alone, beside: await measure(), growth: most - before }
    } finally {
      clearInterval(watching)
    }
  } finally {
    flood.close()
  }
}

/** A few who write at length. */
async function openFlood(stage: Stage, server: Server) {
  const clients = Array.from({ length: TALKERS }, (_, i) => {
    const client = createClient({
      connect: async () => ({ ticket: stage.ticket(personAt(i)).ticket, addresses: [server.url] }),
      openSocket: (url) => new WebSocket(url, { perMessageDeflate: false }) as unknown as Socket,
      client: 'bench',
    })
    client.start()
    return client
  })
  await Promise.all(clients.map((client) => client.whole()))
  return {
    async talk() {
      const sent = clients.flatMap((client) =>
        Array.from({ length: LARGE_EACH }, () => client.send(CHANNEL, LARGE).settled),
      )
      await Promise.all(sent)
    },
    close() {
      for (const client of clients) client.close()
    },
  }
}
