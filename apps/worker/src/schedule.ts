import type { Schedule } from '@parley/adapters/queue/index'
import { type Act, perform } from '@parley/domain'
import { removeExpiredExports } from '@parley/domain/audit/index'
import type { Deps } from '@parley/domain/deps'
import { removeAbandonedFiles } from '@parley/domain/files/index'
import { relayAll } from '@parley/domain/outbox/relay-outbox'
import { countDays } from '@parley/domain/overview/index'
import { planRetention } from '@parley/domain/retention/index'
import { keepUp } from '@parley/domain/upkeep/index'
import { WORKER } from './handlers.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What is done again and again, in one worker at a time. */
export function schedule(deps: Deps): Schedule {
  const performs = (act: Act) => async (): Promise<void> => {
    await perform(act, WORKER, {}, deps)
  }
  return {
    'outbox.relay': { everyMs: 2 * SECOND, run: () => relayAll(deps) },
    'overview.count-days': { everyMs: HOUR, run: performs(countDays) },
    'retention.plan': { everyMs: HOUR, run: performs(planRetention) },
    'files.remove-abandoned': { everyMs: HOUR, run: performs(removeAbandonedFiles) },
    'exports.remove-expired': { everyMs: HOUR, run: async () => void (await removeExpiredExports(deps)) },
    'upkeep.keep-up': { everyMs: HOUR, run: performs(keepUp) },
  }
}
