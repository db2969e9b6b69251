import { heldChosenPresence } from '@parley/db/queries/presence/chosen-presence'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { type ChosenPresence, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { PersonActor } from '../actor.ts'
import type { Run } from '../command.ts'

const YEAR_MS = 366 * 86_400_000

/** When something ends by itself, in Unix milliseconds; null: not before it is changed. */
export const zUntil = z.int().min(0).nullable()

/** @throws ParleyError('bad_input') for what would be over at once, or not within a year */
export function requireAhead(until: number | null, now: Date): void {
  if (until === null) return
  const ahead = until - now.getTime()
  if (ahead <= 0) throw new ParleyError('bad_input', 'The end must lie in the future.', { field: 'until' })
  if (ahead > YEAR_MS)
    throw new ParleyError('bad_input', 'The end must lie within a year.', { field: 'until' })
}

/** Changes what a person has chosen, and tells all their devices; what changes nothing is told to nobody. */
export async function choose(
  { tx, scope, tell }: Pick<Run<{ me: PersonActor }>, 'tx' | 'scope' | 'tell'>,
  change: Partial<ChosenPresence>,
): Promise<ChosenPresence> {
  const person = scope.me.id
  const before = await heldChosenPresence(tx.sql, person)
  const chosen = { ...before, ...change }
  if (JSON.stringify(chosen) === JSON.stringify(before)) return before
  const version = await takePersonalVersion(tx.sql, person)
  const { availability, until, status, hidesLastActive } = chosen
  await tx.sql`
    UPDATE chosen_presence SET availability = ${availability}, busy_until = ${dateOf(until)},
      status_emoji = ${status?.emoji ?? null}, status_text = ${status?.text ?? ''}, status_until = ${dateOf(status?.until ?? null)},
      hides_last_active = ${hidesLastActive}, person_version = ${version}
    WHERE person_id = ${person}`
  tell.person(person, { version, type: 'presence.chosen', chosen })
  return chosen
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))
