import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { type Managed, managed, type PersonStatus } from './managed.ts'

type Reactivated = { status: PersonStatus }

/**
 * Lets a person in again, with the role and conversations that they had. Whoever never had a way to sign in is invited
 * (or imported) again rather than active; tokens that were revoked stay so.
 */
export const reactivate = command({
  name: 'people.reactivate',
  input: z.strictObject({ person: zId }),
  access: managed('people.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result }: { scope: Managed; result: Reactivated }) => ({
    action: 'person.reactivated',
    entity: { kind: 'person', id: scope.person.id, name: scope.person.name },
    before: { status: 'deactivated' },
    after: { status: result.status },
  }),
  async run({ tx, scope: { person } }): Promise<Reactivated> {
    if (person.status !== 'deactivated')
      throw new ParleyError('conflict', `${person.name} is not deactivated.`)
    const [row] = await tx.sql<{ status: PersonStatus }>`
      UPDATE people p SET deactivated_at = NULL, failed_attempts = 0, locked_until = NULL, status = CASE
        WHEN p.kind = 'bot' OR p.password_hash IS NOT NULL
          OR EXISTS (SELECT FROM external_identities e WHERE e.person_id = p.id) THEN 'active'
        WHEN p.import_key IS NOT NULL AND NOT EXISTS (SELECT FROM invitations i WHERE i.person_id = p.id) THEN 'imported'
        ELSE 'invited' END
      WHERE p.id = ${person.id} RETURNING status`
    return { status: row!.status }
  },
})
