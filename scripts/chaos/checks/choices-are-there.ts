import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** What somebody chose last is kept, unless one of their choices got no answer and may have been made late. */
export function* choicesAreThere({ histories, preferences }: Facts): Generator<string> {
  const kept = new Map(preferences.map((one) => [one.person, one]))
  for (const { person, chosen } of histories) {
    const last = chosen.at(-1)
    if (!last || chosen.some(({ outcome }) => outcome !== 'done')) continue
    const { push, email } = kept.get(person) ?? { push: null, email: null }
    if (push !== last.push || email !== last.email)
      yield `${nameOf(person)} chose ${last.push} and ${last.email} at last, and ${push} and ${email} are kept.`
  }
}
