import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { may, type Role } from '../permissions.ts'
import { runningSessions, type SessionView } from '../sessions/running.ts'
import type { PersonStatus } from './managed.ts'
import { administersNoLonger, mayEdit, rolesToGive } from './policy.ts'

/** Times in Unix milliseconds. */
export type PersonDetail = {
  id: Id
  email: string | null
  name: string
  title: string
  kind: 'person' | 'bot'
  role: Role
  status: PersonStatus
  language: string
  timezone: string
  createdAt: number
  lastActiveAt: number | null
  deactivatedAt: number | null
  /** No sign-in with a password before this, but on a device of theirs. */
  lockedUntil: number | null
  invitation: { sentAt: number; expiresAt: number; by: string } | null
  sessions: SessionView[]
  conversations: number
  /**
   * What ends with a deactivation, or when they administer no longer: live API tokens and webhooks that act as this
   * person or that they made, and open invitations that they sent.
   */
  tokens: number
  webhooks: number
  invited: number
  /** Identity providers that they were the last to save, which stay: whoever set one up may hold its key. */
  providers: string[]
  /** What whoever asks may do here; `ending`: of these roles, with which that ends. */
  may: {
    edit: boolean
    deactivate: boolean
    reactivate: boolean
    resend: boolean
    roles: Role[]
    ending: Role[]
  }
}

type Row = Omit<
  PersonDetail,
  'createdAt' | 'lastActiveAt' | 'deactivatedAt' | 'lockedUntil' | 'invitation' | 'sessions' | 'may'
> & {
  created_at: Date
  last_active_at: Date | null
  deactivated_at: Date | null
  locked_until: Date | null
  invited_at: Date | null
  invited_until: Date | null
  invited_by: string | null
}

/** One person, for administration: account, invitation, sessions and devices, and what may be done about them. */
export const personDetail = query({
  name: 'people.detail',
  input: z.strictObject({ person: zId }),
  access: permitted('people.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, scope: { me }, deps }, { person }): Promise<PersonDetail> {
    const now = deps.now()
    const [row] = await tx.sql<Row>`
      SELECT p.id, p.email, p.name, p.title, p.kind, p.role, p.status, p.language, p.timezone, p.created_at, p.last_active_at,
        p.deactivated_at, p.locked_until, i.created_at AS invited_at, i.expires_at AS invited_until, b.name AS invited_by,
        (SELECT count(*)::int FROM memberships m WHERE m.person_id = p.id AND m.left_at IS NULL) AS conversations,
        (SELECT count(*)::int FROM api_tokens t WHERE (t.person_id = p.id OR t.created_by = p.id)
          AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${now})) AS tokens,
        (SELECT count(*)::int FROM incoming_webhooks w WHERE (w.person_id = p.id OR w.created_by = p.id) AND w.revoked_at IS NULL) AS webhooks,
        (SELECT count(*)::int FROM invitations v WHERE v.invited_by = p.id AND v.accepted_at IS NULL AND v.expires_at > ${now}) AS invited,
        ARRAY(SELECT o.name FROM identity_providers o WHERE o.updated_by = p.id ORDER BY o.name) AS providers
      FROM people p
      LEFT JOIN LATERAL (SELECT * FROM invitations x WHERE x.person_id = p.id AND x.accepted_at IS NULL ORDER BY x.id DESC LIMIT 1) i ON true
      LEFT JOIN people b ON b.id = i.invited_by
      WHERE p.id = ${person}`
    if (!row) throw new ParleyError('not_found')
    const sessions = await runningSessions(tx, person, now)
    return shape(row, sessions, me, now)
  },
})

function shape(row: Row, sessions: SessionView[], me: { id: Id; role: Role }, now: Date): PersonDetail {
  const { created_at, last_active_at, deactivated_at, locked_until, ...rest } = row
  const { invited_at, invited_until, invited_by, ...account } = rest
  const edit = may(me.role, 'people.manage') && mayEdit(me.role, row.role)
  const waiting = row.status === 'invited' || row.status === 'imported'
  const roles = row.kind === 'bot' ? [] : rolesToGive(me.role, row.role)
  return {
    ...account,
    createdAt: created_at.getTime(),
    lastActiveAt: last_active_at?.getTime() ?? null,
    deactivatedAt: deactivated_at?.getTime() ?? null,
    lockedUntil: locked_until && locked_until > now ? locked_until.getTime() : null,
    invitation:
      invited_at && invited_until
        ? { sentAt: invited_at.getTime(), expiresAt: invited_until.getTime(), by: invited_by ?? '' }
        : null,
    sessions,
    may: {
      edit,
      deactivate: edit && row.status !== 'deactivated' && row.id !== me.id,
      reactivate: edit && row.status === 'deactivated',
      resend: edit && waiting,
      roles,
      ending: roles.filter((role) => administersNoLonger(row.role, role)),
    },
  }
}
