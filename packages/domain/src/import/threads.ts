/** What threads are made of. In Unix microseconds; `threadTs` names the root, which may name itself. */
export type Posted = { readonly ts: number; readonly threadTs: number | null; readonly author: string }

export type Thread = {
  replies: number
  /** Of the last reply, in Unix microseconds. */
  lastTs: number
  /** Author keys of the first five who replied, in order. */
  readonly people: string[]
}

/** As many as a thread's card names. */
const PEOPLE_ON_CARD = 5

/**
 * Sorts replies under their roots. A reply whose root is missing, or is itself a reply, is an orphan: it stands as
 * a message of its own. `posted` is in the order of time, each once.
 */
export function threadsOf(posted: readonly Posted[]): {
  threads: ReadonlyMap<number, Thread>
  replies: number
  orphans: number
} {
  const roots = new Set<number>()
  const threads = new Map<number, Thread>()
  let replies = 0
  let orphans = 0
  for (const { ts, threadTs, author } of posted) {
    // In the order of time a root has been seen before its first reply.
    if (threadTs !== null && roots.has(threadTs)) {
      const thread = threads.get(threadTs) ?? { replies: 0, lastTs: 0, people: [] }
      thread.replies += 1
      thread.lastTs = ts
      if (thread.people.length < PEOPLE_ON_CARD && !thread.people.includes(author)) thread.people.push(author)
      threads.set(threadTs, thread)
      replies += 1
    } else {
      if (threadTs === null || threadTs === ts) roots.add(ts)
      else orphans += 1
    }
  }
  return { threads, replies, orphans }
}

/** The root that a message replies to, once the threads of its conversation are known. */
export const rootOf = (
  { ts, threadTs }: { ts: number; threadTs: number | null },
  threads: ReadonlyMap<number, Thread>,
): number | null => (threadTs !== null && threadTs < ts && threads.has(threadTs) ? threadTs : null)
