import type { RealtimePlace } from '@parley/adapters/registry/join'
import type { Publisher } from '@parley/domain/ports'
import type { Publication } from '@parley/domain/publication'
import { timeOf } from '@parley/protocol'

/**
 * Measures how long the newest message of a flush took from its being given its id until it was handed to the sockets
 * of this node, which `local` does before it lets go of the turn. One number a flush, whatever it holds.
 */
export const measured = (
  local: Publisher,
  delivered: () => RealtimePlace['delivered'] | undefined,
): Publisher => ({
  publish(publication) {
    const published = local.publish(publication)
    const at = newestIn(publication)
    if (at !== null) delivered()?.(Math.max(0, Date.now() - at))
    return published
  },
  republish: (payload) => local.republish(payload),
})

function newestIn({ conversations }: Publication): number | null {
  let newest: number | null = null
  for (const events of conversations.values()) {
    const last = events.at(-1)
    if (last?.type === 'message.created') newest = Math.max(newest ?? 0, timeOf(last.message.id))
  }
  return newest
}
