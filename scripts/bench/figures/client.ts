import type { Measured } from '../load/protocol.ts'
import { makeDirects, makePeople, peopleFrom } from '../population.ts'
import { type Figure, figure } from '../report.ts'
import type { Load, Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'
import { withCrowd } from './with-crowd.ts'

const PEOPLE = 1_000
const RATE = 1_000
const WARM_MS = 2_000
const LOADS = ['sync', 'parley'] as const

/** What the client that browsers run takes of a processor, beside a socket and frames alone. */
export async function client(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const conversationOf = await makeDirects(stage.db, PEOPLE)
  const people = peopleFrom(0, PEOPLE)
  const senders = people.map((_, at) => ({ at, conversation: conversationOf(at) }))
  const measure = (load: Load) => load.measure({ do: 'open', senders, rate: RATE, warmMs: WARM_MS, ms })
  const of = await inTurns('client', LOADS, rounds, (kind) =>
    withCrowd(stage, 'parley', people, measure, kind),
  )
  const cpu = ({ cpu, acknowledged }: Measured) => cpu / acknowledged
  return [
    figure(
      'client.cpu',
      `µs of the clients per message, sent by one and received by another, ${RATE}/s; beside it: frames alone`,
      of('sync', cpu),
      of('parley', cpu),
    ),
  ]
}
