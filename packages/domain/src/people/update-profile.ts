import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { command } from '../command.ts'
import { oneLine, oneLineOrNothing } from '../one-line.ts'
import { zPreferences } from './preferences.ts'

type Profile = { name: string; title: string }
type Change = { before: Profile; after: Profile }

const isTimezone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch (e) {
    if (e instanceof RangeError) return false
    throw e
  }
}

/** Changes what is given of my profile. Preferences are merged, key by key. */
export const updateProfile = command({
  name: 'people.updateProfile',
  input: z.strictObject({
    name: oneLine(LIMITS.personName).optional(),
    title: oneLineOrNothing(LIMITS.personName).optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or pt-BR')
      .max(35)
      .optional(),
    timezone: z.string().max(64).refine(isTimezone, 'must be a time zone such as Europe/Berlin').optional(),
    preferences: zPreferences.optional(),
  }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: ({ scope, result: { before, after } }: { scope: { me: PersonActor }; result: Change }) =>
    before.name === after.name && before.title === after.title
      ? null
      : {
          action: 'person.profile_changed',
          entity: { kind: 'person', id: scope.me.id, name: after.name },
          before,
          after,
        },
  async run({ tx, scope }, input): Promise<Change> {
    const [before] =
      await tx.sql<Profile>`SELECT name, title FROM people WHERE id = ${scope.me.id} FOR UPDATE`
    const [after] = await tx.sql<Profile>`
      UPDATE people SET name = coalesce(${input.name ?? null}, name), title = coalesce(${input.title ?? null}, title),
        language = coalesce(${input.language ?? null}, language), timezone = coalesce(${input.timezone ?? null}, timezone),
        preferences = preferences || ${JSON.stringify(input.preferences ?? {})}::jsonb
      WHERE id = ${scope.me.id} RETURNING name, title`
    return { before: before!, after: after! }
  },
})
