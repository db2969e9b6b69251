import type { Deps } from '@parley/domain/deps'
import type { WorkerNode } from '@parley/domain/ports'
import type { Redis } from '../redis.ts'
import { holdPlace, type Place } from './hold-place.ts'

type Outside = Pick<Deps, 'mailer' | 'pusher'>

/** How it stands with the services outside, as this process sees it. */
export const circuitsOf = ({ mailer, pusher }: Outside): WorkerNode['circuits'] => {
  const mail = mailer.circuit()
  const push = pusher.circuit()
  return {
    mail: { state: mail.state, since: mail.since },
    ...(pusher.configured ? { push: { state: push.state, since: push.since } } : {}),
  }
}

/** A worker says whom it reaches, for the console. */
export const joinWorkers = (redis: Redis, { node, deps }: { node: string; deps: Deps }): Place =>
  holdPlace(redis, 'workers', { node, says: () => ({ circuits: circuitsOf(deps) }), log: deps.log })
