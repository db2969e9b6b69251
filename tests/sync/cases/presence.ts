import { hideLastActive, setAvailability, setStatus } from '@parley/domain/presence/index'
import type { Case } from './case.ts'
import { talk } from './talk.ts'

const plain = { given: talk, asksNothing: true }
const HOUR_MS = 3_600_000

/** By the name of the act. */
export const PRESENCE_CASES: Record<string, Case[]> = {
  'presence.setAvailability': [
    {
      ...plain,
      title: 'alice does not want to be disturbed for an hour, carol wants not to be seen',
      async when(w) {
        const until = w.deps.now().getTime() + HOUR_MS
        await w.as(w.alice, setAvailability, { availability: 'busy', until })
        await w.as(w.carol, setAvailability, { availability: 'invisible', until: null })
      },
    },
    {
      ...plain,
      title: 'bob is busy, says so once more, and no longer is',
      async when(w) {
        for (const availability of ['busy', 'busy', 'automatic'] as const)
          await w.as(w.bob, setAvailability, { availability, until: null })
      },
    },
  ],
  'presence.setStatus': [
    {
      ...plain,
      title: 'alice is at sea for an hour, bob was and says so no longer',
      async when(w) {
        const until = w.deps.now().getTime() + HOUR_MS
        await w.as(w.alice, setStatus, { status: { emoji: '⛵', text: 'at sea', until } })
        await w.as(w.bob, setStatus, { status: { emoji: null, text: 'at sea', until: null } })
        await w.as(w.bob, setStatus, { status: null })
      },
    },
  ],
  'presence.hideLastActive': [
    { ...plain, title: 'carol hides it', when: (w) => w.as(w.carol, hideLastActive, { hide: true }) },
  ],
}
