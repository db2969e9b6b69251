import type { Id } from '@parley/protocol'
import type { Sync } from '@parley/sync'

/**
 * The ordinal of the first root message at or after a time (Unix milliseconds), null when there is none: found by
 * halving, since ordinals follow time, with one small request for each step.
 * @throws when the server does not answer
 */
export async function firstAt(sync: Sync, conversation: Id, at: number): Promise<number | null> {
  const { floor, roots } = sync.timeline(conversation)
  let low = floor + 1
  let high = roots + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    await sync.ensure(conversation, middle, middle)
    const message = sync.timeline(conversation).get(middle)
    if (message && message.at >= at) high = middle
    else low = middle + 1
  }
  return low > roots ? null : low
}
