import type { Sql } from '@parley/db'
import type { Id } from '@parley/protocol'
import type { Jobs } from '../jobs.ts'
import type { Log, Publisher, Queue } from '../ports.ts'
import { changesOf, type Publication } from '../publication.ts'

/**
 * What follows a group commit: publish at once, hand the changes to the worker a moment later (several commits
 * in one job), and remember the outbox rows whose work is over, for the next commit to remove.
 * Whatever fails here stays in the outbox, from which the relay makes it good.
 */
const HAND_OVER_MS = 40
/** Outbox rows remembered for removal; past it they are left to the relay. */
const PUBLISHED_ROWS = 10_000

export function downstream(deps: {
  publisher: Pick<Publisher, 'publish'>
  queue: Queue
  log: Log
  db: { sql: Sql }
}) {
  let published: Id[] = []
  let pending: { changes: Jobs['messages.changed']['changes']; outbox: Id }[] = []
  let timer: NodeJS.Timeout | null = null
  const publishing = new Set<Promise<void>>()

  async function publish(publication: Publication, outbox: Id): Promise<void> {
    try {
      await deps.publisher.publish(publication)
    } catch (e) {
      return deps.log.error('publishing is left to the outbox relay', e, { outbox })
    }
    pending.push({ changes: changesOf(publication), outbox })
    timer ??= setTimeout(() => void handOver(), HAND_OVER_MS)
  }

  async function handOver(): Promise<void> {
    timer = null
    const batch = pending
    pending = []
    if (batch.length === 0) return
    try {
      const changes = batch.flatMap((one) => one.changes)
      await deps.queue.add([
        { name: 'messages.changed', payload: { changes }, id: `outbox-${batch[0]!.outbox}` },
      ])
      if (published.length < PUBLISHED_ROWS) published.push(...batch.map((one) => one.outbox))
      // Nobody may be sending any more; then nobody would remove them.
      setTimeout(() => void removePublished(), HAND_OVER_MS * 10).unref()
    } catch (e) {
      deps.log.error('downstream work is left to the outbox relay', e, { rows: batch.length })
    }
  }

  async function removePublished(): Promise<void> {
    const rows = takePublished()
    if (rows.length === 0) return
    try {
      await deps.db.sql`DELETE FROM outbox WHERE id = ANY (${rows}::bigint[])`
    } catch (e) {
      deps.log.error('published outbox rows stay until the relay removes them', e, { rows: rows.length })
    }
  }

  function takePublished(): Id[] {
    const rows = published
    published = []
    return rows
  }

  return {
    takePublished,
    committed(publication: Publication, outbox: Id): void {
      const work = publish(publication, outbox).finally(() => publishing.delete(work))
      publishing.add(work)
    },
    async drain(): Promise<void> {
      await Promise.all(publishing)
      if (timer) clearTimeout(timer)
      await handOver()
      await removePublished()
    },
  }
}
