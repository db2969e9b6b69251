import { makeDirects, makePeople, personAt } from '../population.ts'
import { type Figure, figure, median } from '../report.ts'
import type { Load, Stage } from '../stage.ts'
import { withCrowd } from './with-crowd.ts'

const PEOPLE = 1_000
const RATE = 1_000
const WARM_MS = 2_000
const LOADS = ['sync', 'parley'] as const

/** What the client that browsers run takes of a processor, beside a socket and JSON alone. */
export async function client(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const conversationOf = await makeDirects(stage.db, PEOPLE)
  const people = Array.from({ length: PEOPLE }, (_, i) => personAt(i))
  const senders = people.map((_, at) => ({ at, conversation: conversationOf(at) }))
  const cpu: Record<(typeof LOADS)[number], number[]> = { sync: [], parley: [] }
  for (let round = 0; round < rounds; round++)
    for (const kind of LOADS) {
      const work = async (load: Load) => {
        const measured = await load.measure({ do: 'open', senders, rate: RATE, warmMs: WARM_MS, ms })
        return measured.cpu / measured.acknowledged
      }
      cpu[kind].push(await withCrowd(stage, 'parley', people, work, kind))
    }
  return [
    figure(
      'client.cpu',
      `µs of the clients per message, sent by one and received by another, ${RATE}/s; beside it: frames and JSON alone`,
      median(cpu.sync),
      median(cpu.parley),
    ),
  ]
}
