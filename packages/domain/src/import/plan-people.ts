import { type Id, LIMITS } from '@parley/protocol'
import { singleLine } from '../single-line.ts'
import { type Author, personKey } from './authors.ts'
import { personId } from './import-ids.ts'
import type { Remarks } from './remarks.ts'
import type { SlackPerson } from './slack-export.ts'

/** A person as the import would make them. They get no password: somebody invites them later. */
export type PlannedPerson = {
  /** Remembered as `import_key`, by which a later run finds the person again. */
  readonly key: string
  readonly id: Id
  readonly name: string
  readonly email: string | null
  readonly title: string
  readonly kind: 'person' | 'bot'
  readonly timeZone: string
  readonly deactivated: boolean
  /** Named in messages, but not in `users.json`. */
  readonly placeholder: boolean
}

/** RFC 5321 §4.5.3.1.3, less the angle brackets. */
const EMAIL_LENGTH = 254

/** `authors`: everybody who wrote something, beyond those whom `users.json` lists. */
export function planPeople(
  listed: readonly SlackPerson[],
  authors: ReadonlyMap<string, Author>,
  remarks: Remarks,
): PlannedPerson[] {
  const emails = ownersOfEmails(listed, remarks)
  const planned = new Map<string, PlannedPerson>()
  for (const person of listed) planned.set(personKey(person.id), fromList(person, emails))
  for (const author of authors.values())
    if (!planned.has(author.key)) planned.set(author.key, fromMessages(author))
  return [...planned.values()]
}

function fromList(person: SlackPerson, emails: ReadonlyMap<string, string>): PlannedPerson {
  const email = emailOf(person)
  return {
    ...keyed(personKey(person.id)),
    name: nameOf(person.displayName, person.realName, person.name, person.id),
    email: email !== null && emails.get(email) === person.id ? email : null,
    title: singleLine(person.title, LIMITS.personName),
    kind: person.bot ? 'bot' : 'person',
    timeZone: isTimeZone(person.timeZone) ? person.timeZone : 'UTC',
    deactivated: person.deleted,
    placeholder: false,
  }
}

const fromMessages = (author: Author): PlannedPerson => ({
  ...keyed(author.key),
  name: author.kind === 'bot' ? nameOf(author.name, 'Imported bot') : `Unknown person ${author.slackId}`,
  email: null,
  title: '',
  kind: author.kind === 'bot' ? 'bot' : 'person',
  timeZone: 'UTC',
  deactivated: author.kind === 'user',
  placeholder: author.kind === 'user',
})

const keyed = (key: string) => ({ key, id: personId(key) })

/** Lower case, as addresses are compared. */
const emailOf = ({ email }: SlackPerson): string | null => {
  const address = email?.trim().toLowerCase() ?? ''
  return /^[^\s@]+@[^\s@]+$/.test(address) && address.length <= EMAIL_LENGTH ? address : null
}

/** The first that says anything. */
const nameOf = (...names: readonly string[]): string =>
  names.map((name) => singleLine(name, LIMITS.personName)).find((name) => name !== '') ?? 'Nameless'

/** An address belongs to one person: to one who is still there rather than to one who has left. */
function ownersOfEmails(listed: readonly SlackPerson[], remarks: Remarks): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const person of [...listed].sort((a, b) => Number(a.deleted) - Number(b.deleted))) {
    const email = emailOf(person)
    if (email === null) continue
    if (owners.has(email)) remarks.add('changed.email', email)
    else owners.set(email, person.id)
  }
  return owners
}

function isTimeZone(zone: string | null): zone is string {
  if (zone === null) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
