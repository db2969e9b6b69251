import type { Tx } from '@parley/db'
import { heldNotification, type WaitingRow, waitingOf } from '@parley/db/queries/notifications/waiting'
import { chosenPresence } from '@parley/db/queries/presence/chosen-presence'
import { chosenAt, type Id, mentionsIn, zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import type { Actor } from '../actor.ts'
import { command, type Run } from '../command.ts'
import type { PushMessage } from '../ports.ts'
import { Postponed } from '../postponed.ts'
import type { Settings } from '../settings/definitions.ts'
import { readSettings } from '../settings/read.ts'
import { laterByMail, mailAt } from './later.ts'
import { notificationPreferences, wantsMail, wantsPush } from './preferences.ts'
import { move, readSteps, type Step } from './steps.ts'
import { mailOf, type Names, pushOf } from './wording.ts'

/** A worker that has not said after this what came of its push is dead; another may take it up. */
const CLAIM_MS = 120_000
/** Of a person, those used last. */
const DEVICES = 20
/** Notifications that one mail tells of; what is beyond waits for the next. */
const MAILED = 200

export type Push = {
  devices: { id: Id; token: string }[]
  message: PushMessage
  /** When a mail goes to whoever could not be told, in Unix milliseconds; null when none does. */
  mailAt: number | null
}

/**
 * Decides what becomes of a notification now: withdrawn, since it is not worth it any more; claimed, to be pushed by the
 * caller to the devices it answers; put off until it is time for a mail; or mailed, with all that waits for the person.
 * @throws Postponed while nothing can be pushed and it is too early for a mail, or none is wanted; nothing is changed then
 */
export const beginDelivery = command({
  name: 'notifications.beginDelivery',
  input: z.strictObject({ notification: zId }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'each notification keeps its own trace' },
  async run({ tx, deps, tell }, { notification }): Promise<Push | null> {
    // whatever is decided about one person is decided one after the other, so that two mails never tell the same
    await tx.sql`
      SELECT pg_advisory_xact_lock(hashtext('notifications'), hashtext(person_id::text)) FROM notifications WHERE id = ${notification}`
    const row = await heldNotification(tx.connection, notification)
    const now = deps.now()
    if (!row || !isOpen(row, now)) return null
    if (await withdraw(tx, row, now)) return null
    const settings = await readSettings(tx.sql)
    const preferences = notificationPreferences(row.preferences)
    const steps = readSteps(row.steps)
    const timeToMail = mailAt(row.created_at, settings)
    const late = now.getTime() >= timeToMail

    const busy = await isBusy(tx, row.person, now)
    const pushes = deps.pusher.configured && !busy && wantsPush(preferences, row.reason)
    const devices = pushes ? await devicesOf(tx, row, now) : []
    const told = new Set(steps.flatMap((one) => (one.step === 'pushed' ? [one.device] : [])))
    const left = devices.filter(({ id }) => !told.has(id))
    // what one device shows need not be mailed, too, because another could not be reached
    if (told.size > 0 && (left.length === 0 || late)) {
      await move(tx, [row.id], 'delivered', [], now)
      return null
    }
    const mails = row.email !== null && wantsMail(preferences, row.reason)
    const { waitMs } = deps.pusher.circuit()
    // a service that is away is waited for by whoever has nothing else
    const givenUp = late && (waitMs > 0 ? mails : hasFailed(steps))
    if (left.length > 0 && !givenUp) {
      const latestMs = mails ? timeToMail - now.getTime() : Number.POSITIVE_INFINITY
      if (waitMs > 0) throw new Postponed('the push service does not answer', waitMs, { latestMs })
      await move(tx, [row.id], 'delivering', [], now)
      const names = await namesIn(tx, [row])
      return {
        devices: left,
        message: pushOf(row, settings['notifications.content'], names, deps.addresses.web),
        mailAt: mails ? timeToMail : null,
      }
    }
    if (mails) {
      if (late) await mail({ tx, deps, tell }, row, devices.length > 0 && waitMs === 0, settings, now)
      else {
        const later = laterByMail(row.id, row.created_at, settings, now)
        tell.job(later.job)
        await move(tx, [row.id], 'waiting', [later.step], now)
      }
      return null
    }
    const nowhere: Step = { at: now.getTime(), step: 'withdrawn', because: busy ? 'busy' : 'nowhere to send' }
    await move(tx, [row.id], hasFailed(steps) ? 'failed' : 'withdrawn', [nowhere], now)
    return null
  },
})

const isOpen = ({ state, updated_at }: WaitingRow, now: Date): boolean =>
  state === 'waiting' || (state === 'delivering' && now.getTime() - updated_at.getTime() > CLAIM_MS)

const hasFailed = (steps: Step[]): boolean => steps.some(({ step }) => step === 'push failed')

/** Busy is do not disturb (docs/subsystems/presence.md). A mail does not ring. */
async function isBusy({ sql }: Tx, person: Id, now: Date): Promise<boolean> {
  const { chosen } = await chosenPresence(sql, person)
  return chosenAt(chosen, now.getTime()).availability === 'busy'
}

/** @returns whether it is over, since it is read or the person need not or cannot know any more */
async function withdraw(tx: Tx, row: WaitingRow, now: Date): Promise<boolean> {
  const because = row.read
    ? 'read'
    : row.gone
      ? 'gone'
      : !row.reachable
        ? 'unreachable'
        : row.muted
          ? 'muted'
          : null
  if (because) await move(tx, [row.id], 'withdrawn', [{ at: now.getTime(), step: 'withdrawn', because }], now)
  return because !== null
}

/** Only where the person is signed in: what a device shows, whoever holds it reads. */
const devicesOf = ({ sql }: Tx, { person }: WaitingRow, now: Date): Promise<Push['devices']> =>
  sql<Push['devices'][number]>`
    SELECT d.id, d.push_token AS token FROM devices d
    WHERE d.person_id = ${person} AND d.push_token IS NOT NULL AND EXISTS (
      SELECT FROM sessions s WHERE s.device_id = d.id AND s.revoked_at IS NULL AND s.expires_at > ${now})
    ORDER BY d.last_seen_at DESC LIMIT ${DEVICES}`

/** What may still come by push soon is not mailed along: only what failed, where there are devices that can be told. */
async function mail(
  { tx, deps, tell }: Pick<Run<{ actor: Actor }>, 'tx' | 'deps' | 'tell'>,
  row: WaitingRow,
  withDevices: boolean,
  settings: Settings,
  now: Date,
): Promise<void> {
  const told: WaitingRow[] = []
  for (const one of await waitingOf(tx.connection, row.person, MAILED)) {
    if (withDevices && !hasFailed(readSteps(one.steps))) continue
    if (!wantsMail(notificationPreferences(one.preferences), one.reason)) continue
    if (!(await withdraw(tx, one, now))) told.push(one)
  }
  // its own state may be `delivering`, left by a worker that died
  if (!told.some(({ id }) => id === row.id)) told.push(row)
  const names = await namesIn(tx, told)
  const payload = mailOf(row.email!, told, settings['notifications.content'], names, deps.addresses.web)
  tell.job({ name: 'mail.send', payload })
  const ids = told.map(({ id }) => id)
  await move(tx, ids, 'delivered', [{ at: now.getTime(), step: 'mailed' }], now)
}

async function namesIn({ sql }: Tx, rows: WaitingRow[]): Promise<Names> {
  const ids = rows.flatMap(({ text }) => mentionsIn(text))
  const people = await sql<{
    id: Id
    name: string
  }>`SELECT id, name FROM people WHERE id = ANY (${ids}::bigint[])`
  return new Map(people.map(({ id, name }) => [id, name]))
}
