import type { FollowedThread, Id, Message, ThreadCard } from '@parley/protocol'
import type { Held } from './held.ts'

/**
 * Who follows a thread after a reply, as send_messages() has it: its writer, who has read up to there; its root's
 * author, who has read nothing; and whom the reply mentions by name, who has read what was before.
 * @returns whether the thread is followed
 */
export function followReply(
  held: Held,
  reply: Message,
  thread: ThreadCard & { author: Id },
  me: Id,
): boolean {
  const root = reply.root!
  const before = held.followed.get(root)
  const read = readAfter(before, reply, thread, me)
  if (read === null) return false
  const newer = !before || thread.replies >= before.replies
  held.followed.set(root, {
    conversation: held.id,
    root,
    replies: newer ? thread.replies : before.replies,
    read,
    lastAt: newer ? thread.lastAt : before.lastAt,
  })
  return true
}

function readAfter(
  before: FollowedThread | undefined,
  reply: Message,
  thread: { author: Id },
  me: Id,
): number | null {
  if (reply.sender === me) return Math.max(before?.read ?? 0, reply.ordinal)
  if (before) return before.read
  if (thread.author === me) return 0
  return reply.mentions.includes(me) ? reply.ordinal - 1 : null
}

/** Both numbers only ever grow: of two states of one thread, each is the larger. */
export function mergeThread(held: Held, thread: FollowedThread): void {
  const before = held.followed.get(thread.root)
  if (!before) return void held.followed.set(thread.root, thread)
  const newer = thread.replies >= before.replies ? thread : before
  held.followed.set(thread.root, { ...newer, read: Math.max(thread.read, before.read) })
}
