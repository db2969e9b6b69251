import type { Id } from '@parley/protocol'
import type { Deps } from '../deps.ts'
import type { Job } from '../jobs.ts'
import type { OutboxPayload } from '../publication.ts'

/** A publisher that lives is done with a row long before. */
const STALE_MS = 5_000
/** Rows of one round: what a round holds in memory, and for how long its rows are locked. */
const ROUND = 200

/**
 * Makes good for publishers that died between commit and publish, or had nobody to publish to: rule 7 of
 * docs/subsystems/message-path.md. Rows are locked while they are told, so that two relays share the work; what is told
 * and not removed is told again, which clients and jobs allow for.
 * @returns how many rows were told; fewer than a round means that no more are stale
 * @throws what the publisher or the queue throws; the rows stay
 */
export async function relayOutbox(deps: Pick<Deps, 'db' | 'now' | 'publisher' | 'queue'>): Promise<number> {
  return deps.db.transaction(async ({ sql }) => {
    const before = new Date(deps.now().getTime() - STALE_MS)
    const rows = await sql<{ id: Id; payload: string }>`
      SELECT id, payload FROM outbox WHERE created_at < ${before}
      ORDER BY id LIMIT ${ROUND} FOR UPDATE SKIP LOCKED`
    if (rows.length === 0) return 0
    const payloads = rows.map((row) => ({ id: row.id, ...(JSON.parse(row.payload) as OutboxPayload) }))
    for (const payload of payloads) await deps.publisher.republish(payload)
    const jobs = payloads.flatMap(jobsOf)
    if (jobs.length > 0) await deps.queue.add(jobs)
    await sql`DELETE FROM outbox WHERE id = ANY (${rows.map((row) => row.id)}::bigint[])`
    return rows.length
  })
}

/** Under the same id as the publisher would have given it: one that is queued already is not queued twice. */
function jobsOf({ id, changes, jobs = [] }: OutboxPayload & { id: Id }): Job[] {
  if (!changes) return jobs
  return [...jobs, { name: 'messages.changed', payload: { changes }, id: `outbox-${id}` }]
}

/** Relays until nothing stale is left. */
export async function relayAll(deps: Parameters<typeof relayOutbox>[0]): Promise<void> {
  while ((await relayOutbox(deps)) === ROUND);
}
