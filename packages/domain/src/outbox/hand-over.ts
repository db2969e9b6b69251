import type { Deps } from '../deps.ts'
import type { HandedJob } from '../jobs.ts'
import { changesOf, type Publication } from '../publication.ts'
import type { Recorded } from './record.ts'

/** After the commit: tells, and queues what is to be done. What fails here the outbox relay makes good. */
export async function handOver(
  publication: Publication,
  { telling, jobs }: Recorded,
  deps: Deps,
): Promise<void> {
  try {
    await deps.publisher.publish(publication)
    const changes = changesOf(publication)
    const all: HandedJob[] = [...jobs]
    if (telling && changes.length > 0)
      all.push({ name: 'messages.changed', payload: { changes }, outbox: [telling] })
    if (all.length > 0) await deps.queue.add(all)
    // with changes, it is over when the worker has done what follows from them
    if (telling && changes.length === 0) await deps.db.sql`DELETE FROM outbox WHERE id = ${telling}`
  } catch (e) {
    deps.log.error('publishing is left to the outbox relay', e, { outbox: telling })
  }
}
