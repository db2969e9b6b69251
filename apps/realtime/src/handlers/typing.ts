import { takeTyping } from '../gateway/flood.ts'
import type { Handler } from './handler.ts'

/** Told to those who are in the conversation with them, at once and once; lost is lost. */
export const typing: Handler<'typing'> = (connection, { person }, { t: _, ...where }, node) => {
  if (!takeTyping(connection) || !node.delivery.isMember(person, where.conversation)) return
  const told = { ...where, person: person.id }
  node.delivery.typing(told)
  node.tellTyping(told)
}
