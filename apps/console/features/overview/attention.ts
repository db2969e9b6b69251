import { servicesAway } from './services.ts'
import type { Figures } from './use-figures.ts'

/** Milliseconds from which people notice that messages come late. */
const lateDelivery = 500
/** Milliseconds from which a node is too busy to be on time. */
const lateLoop = 200
/** Jobs from which a queue is no longer being worked off as it fills. */
const manyWaiting = 1_000

export type Concern = { key: string; says: string; todo: string }

/** What somebody should look at, and what to do about it; nothing when all is well. */
export function concernsOf(figures: Pick<Figures, 'nodes' | 'workers' | 'queue'>): Concern[] {
  const { nodes, workers, queue } = figures
  const concerns: Concern[] = []
  if (nodes === null)
    concerns.push({
      key: 'nodes',
      says: 'Nobody can say how the realtime nodes are.',
      todo: 'Messages are kept, and arrive late. See that Redis answers.',
    })
  if (nodes?.length === 0)
    concerns.push({
      key: 'no-nodes',
      says: 'No realtime node is running.',
      todo: 'Nobody receives messages as they are written. Start one.',
    })
  for (const node of nodes ?? []) {
    if ((node.deliveryP99 ?? 0) > lateDelivery)
      concerns.push({
        key: `late-${node.node}`,
        says: `Messages leave ${node.node} late.`,
        todo: 'One in a hundred takes longer than half a second. Add a node, or look at what else runs on its machine.',
      })
    if (node.state === 'failing')
      concerns.push({
        key: `failing-${node.node}`,
        says: `${node.node} cannot reach what it needs.`,
        todo: 'Nobody is sent to it. See that its database answers; its /health says more.',
      })
    if (node.state === 'full')
      concerns.push({
        key: `full-${node.node}`,
        says: `${node.node} takes nobody in where another can.`,
        todo: 'Add a realtime node; clients move to it by themselves.',
      })
    else if (node.eventLoopP99 > lateLoop)
      concerns.push({
        key: `loop-${node.node}`,
        says: `${node.node} has more to do than it can.`,
        todo: 'Add a realtime node; clients move to it by themselves.',
      })
  }
  concerns.push(...servicesAway(workers))
  if (queue === null)
    concerns.push({
      key: 'queue',
      says: 'The queue does not answer.',
      todo: 'Notifications, exports and retention wait. See that Redis answers.',
    })
  for (const [name, jobs] of Object.entries(queue ?? {})) {
    if (jobs.failed > 0)
      concerns.push({
        key: `failed-${name}`,
        says: `${jobs.failed === 1 ? 'One job' : `${jobs.failed} jobs`} of ${name} failed for good.`,
        todo: 'The worker’s log says why.',
      })
    if (jobs.waiting > manyWaiting)
      concerns.push({
        key: `waiting-${name}`,
        says: `${jobs.waiting} jobs of ${name} are waiting.`,
        todo: 'See that a worker is running, or start another.',
      })
  }
  return concerns
}
