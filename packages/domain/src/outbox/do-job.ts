import { ERRORS, type Id, isParleyError } from '@parley/protocol'
import type { Deps } from '../deps.ts'
import { type JobName, KEEPING } from '../jobs.ts'

/**
 * Does a job, unless all of its outbox rows are gone, since it is done then: a job may be handed out more than once.
 * The rows go when the work is over, or when no retry can mend what it failed of; until then the relay hands out again
 * what the queue forgot.
 * @throws what `work` throws
 */
export async function doJob(
  { db }: Pick<Deps, 'db'>,
  { name, outbox }: { name: JobName; outbox: Id[] },
  work: () => Promise<void>,
): Promise<void> {
  if (!(await begin(db, name, outbox))) return
  try {
    await work()
  } catch (e) {
    if (isParleyError(e) && !ERRORS[e.code].retry) await forget(db, outbox)
    throw e
  }
  await forget(db, outbox)
}

/** @returns whether anything is left to be done */
async function begin({ sql }: Deps['db'], name: JobName, outbox: Id[]): Promise<boolean> {
  const { alone } = KEEPING[name]
  const standing =
    alone === null
      ? await sql`SELECT 1 FROM outbox WHERE id = ANY (${outbox}::bigint[]) LIMIT 1`
      : await sql`
          UPDATE outbox SET due_at = greatest(due_at, now() + make_interval(secs => ${alone / 1_000}))
          WHERE id = ANY (${outbox}::bigint[]) RETURNING 1`
  return standing.length > 0
}

const forget = ({ sql }: Deps['db'], outbox: Id[]) =>
  sql`DELETE FROM outbox WHERE id = ANY (${outbox}::bigint[])`
