import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** Message-path rules 1 and 3: what was acknowledged is in PostgreSQL under just those numbers, and once. */
export function* acceptedIsThere({ histories, messages }: Facts): Generator<string> {
  const byId = new Map(messages.map((message) => [message.id, message]))
  for (const { person, acknowledged, sent } of histories) {
    const textOf = new Map(sent.map((one) => [one.id, one.text]))
    const first = new Map<string, string>()
    for (const { id, ack } of acknowledged) {
      const what = `"${textOf.get(id) ?? id}" of ${nameOf(person)}`
      const before = first.get(id) ?? ack.message
      first.set(id, before)
      if (before !== ack.message)
        yield `${what} was acknowledged as ${before} and again as ${ack.message}: it was taken for two.`
      const row = byId.get(ack.message)
      if (!row) yield `${what} was acknowledged as ${ack.message}, and PostgreSQL does not hold it.`
      else if (row.client !== id || row.sender !== person)
        yield `${what} was acknowledged as ${ack.message}, which is another message in PostgreSQL.`
      else if (row.seq !== ack.seq || row.ordinal !== ack.ordinal || row.version < ack.version)
        yield `${what} was acknowledged with seq ${ack.seq}, ordinal ${ack.ordinal}, version ${ack.version}, and has ${row.seq}, ${row.ordinal}, ${row.version}.`
    }
  }
}
