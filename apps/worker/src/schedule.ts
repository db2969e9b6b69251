import type { Schedule } from '@parley/adapters/queue/index'
import type { Deps } from '@parley/domain/deps'
import { relayAll } from '@parley/domain/outbox/relay-outbox'

const SECOND = 1_000

/** What is done again and again, in one worker at a time. */
export const schedule = (deps: Deps): Schedule => ({
  'outbox.relay': { everyMs: 2 * SECOND, run: () => relayAll(deps) },
})
