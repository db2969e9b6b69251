import type { Id } from '@parley/protocol'
import type { Deps } from '../deps.ts'
import { type HandedJob, type Jobs, KEEPING } from '../jobs.ts'
import type { OutboxPayload } from '../publication.ts'

/** Rows of one round: what a round holds in memory, and for how long its rows are locked. */
const ROUND = 200
/** Between two times that a row is handed out: as long as it has waited already, within these. */
const SOONEST = '30 seconds'
const LATEST = '1 hour'
/** Entries in one job; a row is never parted. */
const CHANGES = 5_000

type Row = { id: Id; waited: number } & OutboxPayload

/**
 * Makes good for publishers that died between commit and publish or had nobody to publish to, and for a queue that lost
 * its memory: rule 7 of docs/subsystems/message-path.md. Rows are locked while they are told, so that two relays share the
 * work. What may be queued still is handed out again, too: clients, and jobs whose rows are gone, allow for that.
 * The database's clock counts, which all that write rows have in common.
 * @returns how many rows were told; fewer than a round means that no more are due
 * @throws what the publisher or the queue throws; the rows stay due
 */
export async function relayOutbox(deps: Pick<Deps, 'db' | 'publisher' | 'queue' | 'log'>): Promise<number> {
  return deps.db.transaction(async ({ sql }) => {
    const found = await sql<{ id: Id; payload: string; waited: number }>`
      UPDATE outbox SET due_at = now() + greatest(least(now() - created_at, ${LATEST}::interval), ${SOONEST}::interval)
      WHERE id IN (SELECT id FROM outbox WHERE due_at <= now() ORDER BY due_at LIMIT ${ROUND} FOR UPDATE SKIP LOCKED)
      RETURNING id, payload, (extract(epoch FROM now() - created_at) * 1000)::float8 AS waited`
    const rows = found.map(
      ({ payload, ...row }): Row => ({ ...row, ...(JSON.parse(payload) as OutboxPayload) }),
    )
    for (const row of rows) if (!row.job) await deps.publisher.republish(row)
    const over = rows.filter((row) => isOver(row) || isGivenUp(row, deps))
    const jobs = jobsOf(rows.filter((row) => !over.includes(row)))
    if (jobs.length > 0) await deps.queue.add(jobs)
    if (over.length > 0) await sql`DELETE FROM outbox WHERE id = ANY (${over.map((row) => row.id)}::bigint[])`
    return rows.length
  })
}

/** What was only to be told is over when it is told. */
const isOver = ({ changes, job }: Row): boolean => !changes && !job

function isGivenUp({ id, waited, job }: Row, { log }: Pick<Deps, 'log'>): boolean {
  const name = job?.name ?? 'messages.changed'
  if (waited < KEEPING[name].forMs) return false
  log.error('a job never came to an end and is given up', new Error('It was tried for too long.'), {
    job: name,
    outbox: id,
  })
  return true
}

/** What changed in messages goes together: it costs by the row, not by the job. */
function jobsOf(rows: Row[]): HandedJob[] {
  const jobs: HandedJob[] = []
  let changes: Jobs['messages.changed']['changes'] = []
  let outbox: Id[] = []
  const close = () => {
    if (outbox.length > 0) jobs.push({ name: 'messages.changed', payload: { changes }, outbox })
    changes = []
    outbox = []
  }
  for (const row of rows) {
    if (row.job) jobs.push({ ...row.job, outbox: [row.id] })
    if (!row.changes) continue
    if (changes.length + row.changes.length > CHANGES) close()
    changes.push(...row.changes)
    outbox.push(row.id)
  }
  close()
  return jobs
}

/** Relays until nothing is due. */
export async function relayAll(deps: Parameters<typeof relayOutbox>[0]): Promise<void> {
  while ((await relayOutbox(deps)) === ROUND);
}
