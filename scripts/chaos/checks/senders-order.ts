import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** Message-path rule 14: what one device said in a conversation stands there in the order in which it was said. */
export function* sendersOrder({ histories, messages }: Facts): Generator<string> {
  const seqOf = new Map(messages.flatMap(({ client, seq }) => (client ? [[client, seq] as const] : [])))
  for (const { person, sent, lost } of histories) {
    const last = new Map<string, { id: string; seq: number; text: string }>()
    for (const { id, conversation, text } of sent) {
      const seq = seqOf.get(id)
      if (seq === undefined) continue
      const before = last.get(conversation)
      if (before && before.seq > seq)
        yield `${nameOf(person)} said "${before.text}" before "${text}" in ${conversation}, and they stand the other way round.${lost.includes(before.id) || lost.includes(id) ? ' One of them died with the device.' : ''}`
      else last.set(conversation, { id, seq, text })
    }
  }
}
