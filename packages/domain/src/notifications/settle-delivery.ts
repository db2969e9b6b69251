import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { readSettings } from '../settings/read.ts'
import { laterByMail } from './later.ts'
import { move, type Step } from './steps.ts'

const zOutcome = z.strictObject({
  device: zId,
  token: z.string(),
  result: z.enum(['sent', 'dead', 'failed', 'postponed']),
  error: z.string().max(100),
})
export type Outcome = z.infer<typeof zOutcome>

/** Writes down what came of the pushes, and forgets tokens that are over. */
export const settleDelivery = command({
  name: 'notifications.settle',
  input: z.strictObject({ notification: zId, outcomes: z.array(zOutcome) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'each notification keeps its own trace' },
  async run({ tx, deps, tell }, { notification, outcomes }): Promise<void> {
    const now = deps.now()
    const [row] = await tx.sql<{ created_at: Date }>`
      SELECT created_at FROM notifications WHERE id = ${notification} AND state = 'delivering' FOR UPDATE`
    for (const { device, token, result } of outcomes)
      if (result === 'dead')
        await tx.sql`UPDATE devices SET push_kind = NULL, push_token = NULL WHERE id = ${device} AND push_token = ${token}`
    if (!row) return
    const steps = outcomes.flatMap((outcome) => stepOf(outcome, now))
    const failed = outcomes.some(({ result }) => result === 'failed')
    const sent = outcomes.some(({ result }) => result === 'sent')
    // nothing is known of a device, as if it had not been tried; its job comes back by itself
    if (!failed && outcomes.some(({ result }) => result === 'postponed'))
      return move(tx, [notification], 'waiting', steps, now)
    if (sent && !failed) return move(tx, [notification], 'delivered', steps, now)
    // the queue tries again what failed; should that never help, or nobody be left to push to, a mail goes
    const settings = await readSettings(tx.sql)
    const later = laterByMail(notification as Id, row.created_at, settings, now)
    tell.job(later.job)
    await move(tx, [notification], 'waiting', [...steps, later.step], now)
  },
})

function stepOf({ device, result, error }: Outcome, now: Date): Step[] {
  const at = now.getTime()
  switch (result) {
    case 'sent':
      return [{ at, step: 'pushed', device }]
    case 'dead':
      return [{ at, step: 'token dropped', device }]
    case 'failed':
      return [{ at, step: 'push failed', device, error }]
    case 'postponed':
      return []
  }
}
