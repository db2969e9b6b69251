import { BOUNDS } from '../bounds.ts'
import type { Trouble } from './state.ts'

/**
 * Milliseconds to wait before attempt `attempt` (1 is the first after a failure).
 * Doubling, with half of it by chance, so that clients which lost their node together do not return together.
 */
export function backoff(why: Trouble, attempt: number, random: () => number): number {
  const full = Math.min(BOUNDS.backoffMost, BOUNDS.backoffFirst * 2 ** Math.min(attempt - 1, 16))
  const usual = full * (0.5 + random() / 2)
  if (why === 'flood') return Math.max(BOUNDS.floodPause, usual)
  if (attempt > 1) return usual
  if (why === 'bad_ticket') return 0
  return why === 'restart' ? random() * BOUNDS.restartSpread : usual
}
