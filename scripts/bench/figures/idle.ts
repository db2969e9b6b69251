import { makePeople, peopleFrom } from '../population.ts'
import type { Figure } from '../report.ts'
import type { Load, Stage } from '../stage.ts'
import { alternate } from './alternate.ts'
import { costOfComing } from './cost-of-coming.ts'
import { settledSize, warmUp } from './size.ts'
import { type Kind, startOf } from './with-crowd.ts'

const PEOPLE = 8_000
/** After so many the process has grown to its working size, which no connection is to blame for. */
const FIRST = 2_000
/** Tickets are short-lived: everybody is let in with one made just before. */
const TOGETHER = 500

/** What an idle connection holds in the server's memory, and what letting somebody in costs. */
export async function idle(stage: Stage, rounds: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const beside = await alternate('idle', stage, rounds, (kind) => letIn(stage, kind))
  return [
    beside(
      'idle.bytes',
      `bytes resident per idle connection, from ${FIRST} to ${PEOPLE}, garbage collected`,
      (run) => run.bytes,
    ),
    beside('connect.cpu', 'µs of the server per connection, with ticket and first sync', (run) => run.cpu),
  ]
}

async function letIn(stage: Stage, kind: Kind): Promise<{ bytes: number; cpu: number }> {
  const server = await startOf(stage, kind)
  const loads: Load[] = []
  async function come(from: number, to: number): Promise<void> {
    for (let i = from; i < to; i += TOGETHER) {
      const load = stage.load(kind)
      loads.push(load)
      const places = peopleFrom(i, TOGETHER).map(stage.ticket)
      await load.ask({ do: 'connect', url: server.url, places })
    }
  }
  async function withPeople(from: number, to: number) {
    const { cpu } = await costOfComing(stage, server, () => come(from, to))
    return { cpu, bytes: await settledSize(server) }
  }
  try {
    await warmUp(stage, kind, server.url)
    const first = await withPeople(0, FIRST)
    const last = await withPeople(FIRST, PEOPLE)
    return {
      bytes: (last.bytes - first.bytes) / (PEOPLE - FIRST),
      cpu: (first.cpu + last.cpu) / PEOPLE,
    }
  } finally {
    for (const load of loads) load.end()
    await server.stop()
  }
}
