import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { query } from '../command.ts'
import { may, PERMISSIONS, type Permission, type Role } from '../permissions.ts'
import { type Preferences, zPreferences } from './preferences.ts'

export type Me = {
  id: Id
  email: string | null
  name: string
  title: string
  role: Role
  language: string
  timezone: string
  preferences: Preferences
  session: Id
  device: Id
  /** False for those who only sign in through an identity provider. */
  hasPassword: boolean
  organisation: string
  /** Where the console is, for whom it lets in. */
  console: string | null
  /** The verdict on every permission, so that no interface has to guess. */
  permissions: Record<Permission, boolean>
}
type Row = Pick<Me, 'email' | 'name' | 'title' | 'language' | 'timezone' | 'organisation'> & {
  preferences: unknown
  has_password: boolean
}

/** Who I am, and what I may. */
export const me = query({
  name: 'people.me',
  input: z.strictObject({}),
  access: signedInPerson,
  limit: 'read',
  tokens: 'never',
  async run({ tx, scope, deps }): Promise<Me> {
    const [row] = await tx.sql<Row>`
      SELECT email, name, title, language, timezone, preferences, password_hash IS NOT NULL AS has_password,
        coalesce((SELECT o.name FROM organisation o LIMIT 1), '') AS organisation
      FROM people WHERE id = ${scope.me.id}`
    const { has_password, preferences, ...profile } = row!
    const { role, session, device, id } = scope.me
    const stored = zPreferences.safeParse(preferences)
    return {
      ...{ id, role, session, device, ...profile },
      preferences: stored.success ? stored.data : {},
      hasPassword: has_password,
      console: may(role, 'console.open') ? deps.addresses.console : null,
      permissions: Object.fromEntries(PERMISSIONS.map((p) => [p, may(role, p)])) as Me['permissions'],
    }
  },
})
