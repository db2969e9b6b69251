import type { Id } from '@parley/protocol'
import { ERRORS, ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'
import type { Question, Requests } from '../requests/requests.ts'
import { refresh } from '../store/apply-event.ts'
import type { Held } from '../store/held.ts'
import type { Store } from '../store/store.ts'
import { mergeThread } from '../store/threads.ts'
import { touchFollowed, touchSummary, touchTimeline } from '../store/touch.ts'
import { membershipOf, ordinalAt, repliesRead } from './local.ts'

/** What is still to be told of one conversation or thread: only where the position went last. */
type Job = {
  question: Question
  /** Moved again while the last position was on its way. */
  again: boolean
  state: 'ready' | 'flying' | 'paused'
  tries: number
  waiters: { resolve(): void; reject(error: ParleyError): void }[]
} & Turns
type Turns = {
  sending(): void
  /** The server has it (true), or will not have it (false). */
  settle(told: boolean): void
}

export type ReadPositions = {
  mark(conversation: Id, seq: number, back: boolean): Promise<void>
  markThread(conversation: Id, root: Id, replies: number): Promise<void>
  opened(): void
  close(): void
}

type Options = { store: Store; requests: Requests; clock: Clock; isOpen(): boolean }

/** Read positions move here at once, and are told to the server as soon and as often as it takes. */
export function readPositions({ store, requests, clock, isOpen }: Options): ReadPositions {
  const jobs = new Map<string, Job>()
  const pauses = new Set<() => void>()
  let flying = 0

  function tell(key: string, question: Question, turns: Turns): Promise<void> {
    let job = jobs.get(key)
    if (!job) {
      job = { question, again: false, state: 'ready', tries: 0, waiters: [], ...turns }
      jobs.set(key, job)
    } else {
      job.question = question
      job.again = job.state === 'flying'
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    job.waiters.push({ resolve, reject })
    pump()
    return promise
  }

  function pump(): void {
    for (const [key, job] of jobs) {
      if (!isOpen() || flying >= BOUNDS.readsAtOnce) return
      if (job.state === 'ready') fly(key, job)
    }
  }

  function fly(key: string, job: Job): void {
    flying++
    job.state = 'flying'
    job.again = false
    job.sending()
    requests.ask(job.question, {
      take() {
        landed(key, job)
        return false
      },
      fail: (error) => failed(key, job, error),
    })
  }

  function landed(key: string, job: Job): void {
    flying--
    job.state = 'ready'
    job.tries = 0
    if (!job.again) {
      jobs.delete(key)
      job.settle(true)
      for (const { resolve } of job.waiters) resolve()
    }
    pump()
  }

  function failed(key: string, job: Job, error: ParleyError): void {
    flying--
    // The connection is over: the next one asks again.
    job.state = 'ready'
    if (!isOpen()) return
    if (ERRORS[error.code].retry && ++job.tries <= BOUNDS.readRetries) pause(job)
    else give(key, job, error)
    pump()
  }

  function pause(job: Job): void {
    job.state = 'paused'
    const cancel = clock.after(BOUNDS.readAgain * 2 ** job.tries, () => {
      pauses.delete(cancel)
      job.state = 'ready'
      pump()
    })
    pauses.add(cancel)
  }

  function give(key: string, job: Job, error: ParleyError): void {
    jobs.delete(key)
    job.settle(false)
    for (const { reject } of job.waiters) reject(error)
  }

  function heldOf(id: Id): Held {
    const held = store.conversations.get(id)
    if (!held) throw new ParleyError('not_found', 'There is no such conversation, or you are not a member.')
    return held
  }

  async function mark(conversation: Id, wanted: number, back: boolean): Promise<void> {
    const held = heldOf(conversation)
    const seq = Math.min(wanted, held.conversation.seq)
    const now = membershipOf(held).readSeq
    if (seq === now || (seq < now && !back)) return
    held.reading = { seq, ordinal: ordinalAt(held, seq), back: seq < now, told: false, overtaken: false }
    touchPosition(store, held)
    const question: Question = { t: 'read', conversation, seq, ...(seq < now ? { back } : {}) }
    await tell(conversation, question, {
      sending() {
        const reading = store.conversations.get(conversation)?.reading
        if (reading) reading.overtaken = false
      },
      settle: (told) => settle(store, conversation, told),
    })
  }

  async function markThread(conversation: Id, root: Id, wanted: number): Promise<void> {
    const held = heldOf(conversation)
    const followed = held.followed.get(root)
    if (!followed) return
    const replies = Math.min(wanted, followed.replies)
    if (replies <= repliesRead(held, root, followed.read)) return
    held.readingThreads.set(root, replies)
    touchFollowed(store, held, root)
    const question: Question = { t: 'read-thread', conversation, root, replies }
    await tell(`${conversation}/${root}`, question, {
      sending() {},
      settle: (told) => settleThread(store, conversation, root, told),
    })
  }

  return {
    mark: (conversation, seq, back) => unasked(mark(conversation, seq, back)),
    markThread: (conversation, root, replies) => unasked(markThread(conversation, root, replies)),
    opened: pump,
    close() {
      for (const cancel of pauses) cancel()
      const error = new ParleyError('unavailable', 'The client was closed.')
      for (const { waiters } of jobs.values()) for (const { reject } of waiters) reject(error)
      jobs.clear()
    },
  }
}

/** Whoever does not ask for the result sees it in the position. */
function unasked(told: Promise<void>): Promise<void> {
  told.catch(() => {})
  return told
}

function settle(store: Store, conversation: Id, told: boolean): void {
  const held = store.conversations.get(conversation)
  if (!held?.reading) return
  if (told) {
    held.reading.told = true
    // Which of the two is the last word only the server knows.
    if (held.reading.overtaken) refresh(store, held)
  } else {
    held.reading = null
    touchPosition(store, held)
  }
}

function settleThread(store: Store, conversation: Id, root: Id, told: boolean): void {
  const held = store.conversations.get(conversation)
  const followed = held?.followed.get(root)
  const read = held?.readingThreads.get(root)
  if (!held || read === undefined) return
  held.readingThreads.delete(root)
  if (told && followed) mergeThread(held, { ...followed, read })
  touchFollowed(store, held, root)
}

function touchPosition(store: Store, held: Held): void {
  touchSummary(store, held)
  touchTimeline(store, held)
}
