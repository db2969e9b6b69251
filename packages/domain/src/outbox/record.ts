import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import type { HandedJob } from '../jobs.ts'
import { type OutboxPayload, type Publication, tellingOf } from '../publication.ts'

/** What one act left in the outbox: a row for what is to be told, one for each job. */
export type Recorded = { telling: Id | null; jobs: HandedJob[] }

/** Writes down all that follows a commit, in its transaction. Null when nothing does. */
export async function record({ sql }: Pick<Tx, 'sql'>, publication: Publication): Promise<Recorded | null> {
  const telling = tellingOf(publication)
  const payloads: OutboxPayload[] = publication.jobs.map(
    ({ name, payload }) => ({ job: { name, payload } }) as OutboxPayload,
  )
  const delays = publication.jobs.map(({ delayMs = 0 }) => delayMs)
  if (telling) {
    payloads.unshift(telling)
    delays.unshift(0)
  }
  if (payloads.length === 0) return null
  const rows = await sql<{ id: Id; at: number }>`
    WITH given AS MATERIALIZED (
      SELECT nextval('outbox_id_seq') AS id, r.* FROM unnest(
        ${payloads.map((payload) => JSON.stringify(payload))}::text[], ${delays}::double precision[]) WITH ORDINALITY AS r(payload, delay, at))
    , written AS (
      INSERT INTO outbox (id, payload, due_at)
      SELECT id, payload, now() + make_interval(secs => delay / 1000) + interval '5 seconds' FROM given)
    SELECT id, at::int AS at FROM given ORDER BY at`
  const ids = rows.map(({ id }) => id)
  const first = telling ? ids.shift()! : null
  return { telling: first, jobs: publication.jobs.map((job, i) => ({ ...job, outbox: [ids[i]!] })) }
}
