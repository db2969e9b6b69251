import type { Id } from '@parley/protocol'
import type { Jobs } from '../jobs.ts'
import type { Log, Publisher, Queue } from '../ports.ts'
import { changesOf, type Publication } from '../publication.ts'

/**
 * What follows a group commit: publish at once, hand the changes to the worker a moment later (several commits in one
 * job), which removes the outbox rows when it has done what follows from them. Until then the relay makes good for
 * whatever fails.
 */
const HAND_OVER_MS = 40

export function downstream(deps: { publisher: Pick<Publisher, 'publish'>; queue: Queue; log: Log }) {
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
      const outbox = batch.map((one) => one.outbox)
      await deps.queue.add([{ name: 'messages.changed', payload: { changes }, outbox }])
    } catch (e) {
      deps.log.error('downstream work is left to the outbox relay', e, { rows: batch.length })
    }
  }

  return {
    committed(publication: Publication, outbox: Id): void {
      const work = publish(publication, outbox).finally(() => publishing.delete(work))
      publishing.add(work)
    },
    async drain(): Promise<void> {
      await Promise.all(publishing)
      if (timer) clearTimeout(timer)
      await handOver()
    },
  }
}
