import { makePeople, personAt } from '../population.ts'
import { cpuOf } from '../processes.ts'
import { type Figure, figure, median } from '../report.ts'
import type { Load, Stage } from '../stage.ts'
import { KINDS, type Kind } from './both.ts'
import { settledSize, warmUp } from './size.ts'

const PEOPLE = 8_000
/** After so many the process has grown to its working size, which no connection is to blame for. */
const FIRST = 2_000
/** Tickets are short-lived: everybody is let in with one made just before. */
const TOGETHER = 500

/** What an idle connection holds in the server's memory, and what letting somebody in costs. */
export async function idle(stage: Stage, rounds: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const bytes: Record<Kind, number[]> = { parley: [], bare: [] }
  const cpu: Record<Kind, number[]> = { parley: [], bare: [] }
  for (let round = 0; round < rounds; round++)
    for (const kind of KINDS) {
      const server = kind === 'parley' ? await stage.startParley() : await stage.startBare()
      await warmUp(stage, kind, server.url)
      const before = cpuOf(server.pid)
      const loads: Load[] = []
      async function letIn(from: number, to: number): Promise<number> {
        for (let i = from; i < to; i += TOGETHER) {
          const load = stage.load(kind)
          loads.push(load)
          const places = Array.from({ length: TOGETHER }, (_, j) => stage.ticket(personAt(i + j)))
          await load.ask({ do: 'connect', url: server.url, places })
        }
        return settledSize(server)
      }
      const first = await letIn(0, FIRST)
      const last = await letIn(FIRST, PEOPLE)
      bytes[kind].push((last - first) / (PEOPLE - FIRST))
      cpu[kind].push((cpuOf(server.pid) - before) / PEOPLE)
      for (const load of loads) load.end()
      await server.stop()
    }
  return [
    figure(
      'idle.bytes',
      `bytes resident per idle connection, from ${FIRST} to ${PEOPLE}, garbage collected`,
      median(bytes.parley),
      median(bytes.bare),
    ),
    figure(
      'connect.cpu',
      'µs of the server per connection, with ticket and first sync',
      median(cpu.parley),
      median(cpu.bare),
    ),
  ]
}
