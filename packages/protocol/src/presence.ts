import type { Id } from './ids.ts'

/** What others see of somebody. */
export const PRESENCE_STATES = ['online', 'away', 'busy', 'offline'] as const
export type PresenceState = (typeof PRESENCE_STATES)[number]

/** `automatic`: as their devices are. `busy`: do not disturb. `invisible`: offline to everybody else. */
export const AVAILABILITIES = ['automatic', 'busy', 'invisible'] as const
export type Availability = (typeof AVAILABILITIES)[number]

/** Said by somebody of themselves. `until`: Unix milliseconds, or null for until they change it. */
export type CustomStatus = { emoji: string | null; text: string; until: number | null }

/** What somebody has chosen, the same on all their devices. */
export type ChosenPresence = {
  availability: Availability
  /** When `busy` ends by itself: Unix milliseconds, or null for until they change it. */
  until: number | null
  status: CustomStatus | null
  hidesLastActive: boolean
}

export const NOTHING_CHOSEN: ChosenPresence = {
  availability: 'automatic',
  until: null,
  status: null,
  hidesLastActive: false,
}

/** What is chosen, as it holds at that moment: what has expired is over, whether or not anybody took it away. */
export function chosenAt(chosen: ChosenPresence, now: number): ChosenPresence {
  const over = (until: number | null) => until !== null && until <= now
  const { availability, until, status } = chosen
  if (!over(until) && !(status && over(status.until))) return chosen
  return {
    ...chosen,
    ...(over(until) ? { availability: 'automatic', until: null } : { availability, until }),
    status: status && over(status.until) ? null : status,
  }
}

/** One person as somebody else may see them. */
export type PersonPresence = {
  person: Id
  state: PresenceState
  /**
   * When they were last active, in Unix milliseconds, to the minute; left out when they are, when it is hidden, or unknown.
   */
  lastActive?: number
  status?: CustomStatus
}
