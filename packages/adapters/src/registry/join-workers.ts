import type { Deps } from '@parley/domain/deps'
import { type Circuit, SERVICES, type Service, type WorkerNode } from '@parley/domain/ports'
import type { Redis } from '../redis.ts'
import { holdPlace, type Place } from './hold-place.ts'

type Outside = Pick<Deps, 'mailer' | 'pusher'>

/** How it stands with the services outside, as this process sees it. */
export function circuitsOf(outside: Outside): WorkerNode['circuits'] {
  const circuits: WorkerNode['circuits'] = {}
  for (const service of SERVICES) {
    const circuit = CIRCUIT_OF[service](outside)
    if (circuit) circuits[service] = { state: circuit.state, since: circuit.since }
  }
  return circuits
}

/** Null where it is not called. */
const CIRCUIT_OF = {
  mail: ({ mailer }) => mailer.circuit(),
  push: ({ pusher }) => (pusher.configured ? pusher.circuit() : null),
} satisfies Record<Service, (outside: Outside) => Circuit | null>

/** A worker says whom it reaches, for the console. */
export const joinWorkers = (redis: Redis, { node, deps }: { node: string; deps: Deps }): Place =>
  holdPlace(redis, 'workers', { node, says: () => ({ circuits: circuitsOf(deps) }), log: deps.log })
