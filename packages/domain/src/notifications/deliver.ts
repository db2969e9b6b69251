import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import type { Actor } from '../actor.ts'
import { grouped, perform } from '../command.ts'
import type { Deps } from '../deps.ts'
import { Postponed } from '../postponed.ts'
import { beginDelivery, type Push } from './begin-delivery.ts'
import { type Outcome, settleDelivery } from './settle-delivery.ts'

/**
 * Tells one person of one message, if that is still worth it: pushes to their devices, or has a mail sent.
 *
 * What is decided and what came of it are written in transactions of their own, before and after; the push itself stands
 * between. So nothing is told twice by two workers, and a process that dies in between pushes again when its claim is
 * over: to the world outside it is at least once, and devices put the second in place of the first.
 * @throws when a push may work later: the queue tries again; Postponed when that is not for the sake of a device
 */
export const deliverNotification = grouped<{ notification: string }, void, { actor: Actor }>({
  name: 'notifications.deliver',
  input: z.strictObject({ notification: zId }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'each notification keeps its own trace' },
  async run({ scope: { actor }, deps }, { notification }): Promise<void> {
    const push = await perform(beginDelivery, actor, { notification }, deps)
    if (!push) return
    const outcomes = await Promise.all(push.devices.map((device) => send(deps, device, push.message)))
    await perform(settleDelivery, actor, { notification, outcomes }, deps)
    const failed = outcomes.filter((outcome) => outcome.result === 'failed')
    if (failed.length > 0) throw new Error(`${failed.length} devices could not be told: ${failed[0]!.error}`)
    if (outcomes.some(({ result }) => result === 'postponed')) {
      const latestMs = push.mailAt === null ? Number.POSITIVE_INFINITY : push.mailAt - deps.now().getTime()
      throw new Postponed('the push service does not answer', deps.pusher.circuit().waitMs, { latestMs })
    }
  },
})

async function send(
  deps: Pick<Deps, 'pusher'>,
  { id, token }: Push['devices'][number],
  message: Push['message'],
): Promise<Outcome> {
  try {
    return { device: id, token, result: await deps.pusher.send(token, message), error: '' }
  } catch (e) {
    if (e instanceof Postponed) return { device: id, token, result: 'postponed', error: '' }
    // whatever it was is written into the trace, and the queue tries again
    return { device: id, token, result: 'failed', error: reasonOf(e) }
  }
}

/** Messages of errors may hold the token. */
const reasonOf = (e: unknown): string => {
  const { code, name } = e as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'unknown').slice(0, 100)
}
