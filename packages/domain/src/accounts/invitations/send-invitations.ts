import { isUniqueViolation, type Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import type { PersonActor } from '../../actor.ts'
import type { Tell } from '../../command.ts'
import type { Deps } from '../../deps.ts'
import { fingerprint, opaque } from '../../sessions/opaque.ts'
import { readSettings } from '../../settings/read.ts'
import { invitationMail } from './invitation-mail.ts'
import type { Invitee } from './read-rows.ts'

/** Somebody to invite; `person` when they have been imported, or invited before. */
export type ToInvite = { invitee: Invitee; person: Id | null }
export type Invited = { person: Id; invitee: Invitee; link: string }
type Sending = { tx: Tx; me: PersonActor; deps: Deps; tell: Pick<Tell, 'job'> }

const DAY = 24 * 3_600_000

/**
 * Makes people (or takes those who are there) and an invitation for each, and has it sent by mail.
 * Earlier invitations of theirs no longer hold.
 */
export async function sendInvitations(
  { tx, me, deps, tell }: Sending,
  people: ToInvite[],
): Promise<Invited[]> {
  const now = deps.now()
  const settings = await readSettings(tx.sql)
  const until = new Date(now.getTime() + settings['invitations.validDays'] * DAY)
  const invited = people.map(({ invitee, person }) => {
    const token = opaque()
    const link = `${deps.addresses.web}/invitation/${token}`
    return { person: person ?? deps.newId(), known: person !== null, invitee, token, link }
  })
  await writePeople(tx, invited, now)
  await tx.sql`
    UPDATE invitations SET expires_at = ${now}
    WHERE person_id = ANY (${invited.map((i) => i.person)}::bigint[]) AND accepted_at IS NULL AND expires_at > ${now}`
  await tx.sql`
    INSERT INTO invitations (id, person_id, email, role, token_hash, invited_by, created_at, expires_at)
    SELECT i.id, i.person, i.email, i.role, i.hash, ${me.id}, ${now}, ${until}
    FROM unnest(${invited.map(() => deps.newId())}::bigint[], ${invited.map((i) => i.person)}::bigint[],
      ${invited.map((i) => i.invitee.email)}::text[], ${invited.map((i) => i.invitee.role)}::text[],
      ${invited.map((i) => fingerprint(i.token))}::bytea[]) AS i(id, person, email, role, hash)`
  const [organisation] = await tx.sql<{ name: string }>`SELECT name FROM organisation LIMIT 1`
  for (const { invitee, link } of invited)
    tell.job({
      name: 'mail.send',
      payload: invitationMail({
        to: invitee.email,
        name: invitee.name,
        inviter: me.name,
        organisation: organisation?.name ?? 'Parley',
        link,
        until,
      }),
    })
  return invited.map(({ person, invitee, link }) => ({ person, invitee, link }))
}

async function writePeople(
  tx: Tx,
  all: { person: Id; known: boolean; invitee: Invitee }[],
  now: Date,
): Promise<void> {
  const columns = (some: typeof all) =>
    [
      some.map((i) => i.person),
      some.map((i) => i.invitee.email),
      some.map((i) => i.invitee.name),
      some.map((i) => i.invitee.title),
      some.map((i) => i.invitee.role),
    ] as const
  try {
    const [ids, emails, names, titles, roles] = columns(all.filter((i) => !i.known))
    await tx.sql`
      INSERT INTO people (id, email, name, title, role, status, created_at)
      SELECT i.*, 'invited', ${now} FROM unnest(${ids}::bigint[], ${emails}::text[], ${names}::text[],
        ${titles}::text[], ${roles}::text[]) AS i(id, email, name, title, role)`
    const [knownIds, knownEmails, , , knownRoles] = columns(all.filter((i) => i.known))
    await tx.sql`
      UPDATE people p SET email = i.email, role = i.role, status = 'invited'
      FROM unnest(${knownIds}::bigint[], ${knownEmails}::text[], ${knownRoles}::text[]) AS i(id, email, role)
      WHERE p.id = i.id AND p.status IN ('imported', 'invited')`
  } catch (e) {
    if (!isUniqueViolation(e)) throw e
    throw new ParleyError(
      'conflict',
      'Somebody was invited with one of these addresses meanwhile. Look again.',
    )
  }
}
