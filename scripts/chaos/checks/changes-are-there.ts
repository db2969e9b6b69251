import type { Change } from '../crowd/protocol.ts'
import type { Facts, MessageFact } from '../facts.ts'
import { nameOf } from '../people.ts'

/** Edits, deletions and reactions that were answered with `done` are there, once, and the last of them holds. */
export function* changesAreThere({ histories, messages, earlier }: Facts): Generator<string> {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const textsOf = Map.groupBy(earlier, ({ message }) => message)
  for (const { person, changes } of histories) {
    for (const [id, mine] of Map.groupBy(changes, ({ message }) => message)) {
      const message = byId.get(id)
      if (!message) {
        yield `${nameOf(person)} changed ${id}, which is not there.`
        continue
      }
      const texts = [message.text, ...(textsOf.get(id) ?? []).map(({ text }) => text)]
      for (const one of ofWords(mine, message, texts)) yield `${nameOf(person)} ${one}`
      for (const one of ofReactions(mine, message, person)) yield `${nameOf(person)} ${one}`
    }
  }
}

function* ofWords(mine: Change[], message: MessageFact, texts: string[]): Generator<string> {
  const deleted = mine.some(({ kind, outcome }) => kind === 'delete' && outcome === 'done')
  if (deleted && message.gone === null) yield `deleted ${message.id}, which is still there.`
  const edits = mine.filter((one) => one.kind === 'edit')
  for (const { text, outcome } of edits) {
    const n = texts.filter((one) => one === text).length
    if (outcome === 'done' && n === 0) yield `changed ${message.id} to "${text}", of which nothing is left.`
    if (n > 1) yield `changed ${message.id} to "${text}" once, and it was done ${n} times.`
    if (outcome === 'refused' && n > 0)
      yield `was refused to change ${message.id} to "${text}", and it was done.`
  }
  // one without an answer may also have been done late, after those that followed it
  if (message.gone !== null || edits.some(({ outcome }) => outcome === 'unknown')) return
  const last = edits.findLast(({ outcome }) => outcome === 'done')
  if (last && message.text !== last.text)
    yield `changed ${message.id} to "${last.text}" at last, and it says "${message.text}".`
}

function* ofReactions(mine: Change[], message: MessageFact, person: string): Generator<string> {
  const reactions = mine.filter((one) => one.kind === 'react')
  if (message.gone !== null) return
  for (const [emoji, some] of Map.groupBy(reactions, (one) => one.emoji)) {
    if (some.some(({ outcome }) => outcome === 'unknown')) continue
    const last = some.findLast(({ outcome }) => outcome === 'done')
    if (!last) continue
    const there = (message.reactions ?? []).filter((one) => one.emoji === emoji)
    const n = there.flatMap(({ people }) => people).filter((one) => one === person).length
    if (n !== (last.on ? 1 : 0))
      yield `${last.on ? 'put' : 'took'} ${emoji} ${last.on ? 'on' : 'off'} ${message.id} at last, and it is there ${n} times.`
  }
}
