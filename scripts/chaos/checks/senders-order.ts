import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/**
 * Message-path rule 14: what one device said in a conversation stands there in the order in which it was said. Requests
 * are each on their own. So is what died with the device before it was stored: it knows of it no more, and a node that
 * has it may write it behind what was said since.
 */
export function* sendersOrder({ histories, messages }: Facts): Generator<string> {
  const seqOf = new Map(messages.flatMap(({ client, seq }) => (client ? [[client, seq] as const] : [])))
  for (const { person, sent, ...rest } of histories) {
    const lost = new Set(rest.lost)
    const last = new Map<string, { seq: number; text: string }>()
    for (const { id, conversation, text, over } of sent) {
      if (over === 'request' || lost.has(id)) continue
      const seq = seqOf.get(id)
      if (seq === undefined) continue
      const before = last.get(conversation)
      if (before && before.seq > seq)
        yield `${nameOf(person)} said "${before.text}" before "${text}" in ${conversation}, and they stand the other way round.`
      else last.set(conversation, { seq, text })
    }
  }
}
