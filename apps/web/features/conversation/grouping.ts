import type { Message } from '@parley/protocol'

const groupedFor = 5 * 60_000

export const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

/** Whether a message shows its author, or continues what that person said within five minutes on the same day. */
export function isHead(message: Message, before: Message | undefined): boolean {
  if (!before || before.sender !== message.sender || before.gone) return true
  return message.at - before.at > groupedFor || !sameDay(message.at, before.at)
}
