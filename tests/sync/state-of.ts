import type { ChosenPresence, Conversation, FollowedThread, Id, Membership, Message } from '@parley/protocol'
import type { Sync } from '@parley/sync'

/** Everything that a client shows, in an order that does not depend on how it came to it. */
export type State = {
  conversations: {
    conversation: Conversation
    membership: Membership
    unread: number
    badge: number
    firstUnread: number | null
    roots: (Message | undefined)[]
    threads: { root: Id; replies: (Message | undefined)[]; followed: FollowedThread | undefined }[]
  }[]
  followed: FollowedThread[]
  chosen: ChosenPresence | undefined
}

export function stateOf(client: Sync): State {
  return {
    conversations: [...client.conversations()]
      .sort((a, b) => byId(a.conversation.id, b.conversation.id))
      .map((mine) => ({ ...mine, ...messagesOf(client, mine.conversation.id) })),
    followed: [...client.followedThreads()].sort((a, b) => byId(a.root, b.root)),
    chosen: client.chosenPresence(),
  }
}

/** Ids are larger than numbers can tell apart. */
const byId = (a: Id, b: Id): number => (BigInt(a) < BigInt(b) ? -1 : 1)

function messagesOf(client: Sync, id: Id) {
  const { roots: last, floor, get, firstUnreadOrdinal: firstUnread } = client.timeline(id)
  const roots = between(floor + 1, last).map(get)
  const threads = roots
    .filter((root) => root?.thread)
    .map((root) => {
      const { replies, get, followed } = client.thread(id, root!.id)
      return { root: root!.id, replies: between(1, replies).map(get), followed }
    })
  return { roots, threads, firstUnread }
}

const between = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** Looks at everything there is, as a person who scrolls everywhere. */
export async function lookAtAll(client: Sync, which: (id: Id) => boolean = () => true): Promise<void> {
  for (const { conversation } of client.conversations()) {
    const { id, roots, floor } = conversation
    if (!which(id)) continue
    await client.ensure(id, floor + 1, roots)
    for (const ordinal of between(floor + 1, roots)) {
      const root = client.timeline(id).get(ordinal)
      if (root?.thread) await client.ensureThread(id, root.id, 1, root.thread.replies)
    }
  }
}

/** Looks at conversations of which nothing is held yet: those that came anew. */
export const lookAtNew = (client: Sync): Promise<void> =>
  lookAtAll(client, (id) => {
    const { floor, roots, get } = client.timeline(id)
    return !between(floor + 1, roots).some(get)
  })
