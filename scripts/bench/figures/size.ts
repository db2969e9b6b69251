import { setTimeout as sleep } from 'node:timers/promises'
import { peopleFrom } from '../population.ts'
import { residentOf } from '../processes.ts'
import type { Server, Stage } from '../stage.ts'
import type { Kind } from './with-crowd.ts'

/** Until what connecting left to do is done, and freed pages are given back. */
const SETTLE_MS = 5_000
const SOME = 100

/** Code that runs for the first time takes memory that no connection is to blame for. */
export async function warmUp(stage: Stage, kind: Kind, url: string): Promise<void> {
  const load = stage.load(kind)
  const places = peopleFrom(0, SOME).map(stage.ticket)
  await load.ask({ do: 'connect', url, places })
  await load.ask({ do: 'leave' })
  load.end()
  await sleep(2_000)
}

/** Bytes resident once the server has come to rest and its garbage was collected. */
export async function settledSize(server: Server): Promise<number> {
  await sleep(SETTLE_MS)
  await server.collectGarbage()
  await sleep(SETTLE_MS)
  return residentOf(server.pid)
}
