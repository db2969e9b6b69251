import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import { z } from 'zod'

const at = z.number()

/** What happened to a notification, in order: the answer to "why did I not get one?". `at` in Unix milliseconds. */
export const zSteps = z.array(
  z.discriminatedUnion('step', [
    z.object({ at, step: z.literal('pushed'), device: z.string() }),
    z.object({ at, step: z.literal('push failed'), device: z.string(), error: z.string() }),
    z.object({ at, step: z.literal('token dropped'), device: z.string() }),
    z.object({ at, step: z.literal('mail later'), until: z.number() }),
    z.object({ at, step: z.literal('mailed') }),
    z.object({
      at,
      step: z.literal('withdrawn'),
      because: z.enum(['read', 'gone', 'muted', 'unreachable', 'busy', 'nowhere to send']),
    }),
  ]),
)
export type Step = z.infer<typeof zSteps>[number]
export type State = 'waiting' | 'delivering' | 'withdrawn' | 'delivered' | 'failed'

export const readSteps = (stored: unknown): Step[] => zSteps.parse(stored)

/** Moves notifications on and writes down why. The caller holds them. */
export async function move(
  { sql }: Pick<Tx, 'sql'>,
  ids: Id[],
  state: State,
  steps: Step[],
  now: Date,
): Promise<void> {
  await sql`
    UPDATE notifications SET state = ${state}, steps = steps || ${JSON.stringify(steps)}::jsonb, updated_at = ${now}
    WHERE id = ANY (${ids}::bigint[])`
}
