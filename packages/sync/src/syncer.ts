import type { FollowedThread, Id, ServerFrame } from '@parley/protocol'
import { ParleyError } from '@parley/protocol/errors'
import { LIMITS } from '@parley/protocol/limits'
import { NOTHING_CHOSEN } from '@parley/protocol/presence'
import { BOUNDS } from './bounds.ts'
import type { Clock } from './ports.ts'
import type { Requests } from './requests/requests.ts'
import { applyEvents } from './store/apply-event.ts'
import { applyPersonal } from './store/apply-personal.ts'
import { applySynced, type Synced, takeThreads } from './store/apply-synced.ts'
import type { Held } from './store/held.ts'
import { noteStranger, type Store, takeChosen } from './store/store.ts'

type News = Extract<
  ServerFrame,
  { t: 'events' | 'personal' | 'changed-conversation' | 'changed-person' | 'resync' }
>
type Claim = [conversation: Id, version: number, messages: 0 | 1]

/** One round of asking: of everything, or of some conversations. It may take several requests. */
type Round = { full: boolean; asked: Held[]; chunks: Claim[][]; person: number | null }

export type Syncer = {
  receive(frame: News): void
  want(held: Held): void
  wantAll(): void
  /** A connection stands: everything is asked for, since anything may have been missed. */
  opened(): void
  gone(): void
  /** Resolves when a round that begins after this call has brought everything up to date. */
  whole(): Promise<void>
  close(): void
}

type SyncerOptions = {
  store: Store
  requests: Requests
  clock: Clock
  isOpen(): boolean
  /** The first full round of a connection is over. */
  onLive(): void
  /** The server leaves a sync without an answer. */
  onStuck(): void
}

/**
 * Brings what is held up to date, and stands at the door for live frames meanwhile.
 *
 * One round at a time. What arrives during a round about something that was asked for waits until the answer is in,
 * and is then judged by its version like everything else: so nothing is lost between the answer and the stream, and
 * nothing goes backward. What arrives about something that is only wanted is dropped: it is in the answer to come.
 */
export function syncer({ store, requests, clock, ...options }: SyncerOptions): Syncer {
  const wanted = new Set<Held>()
  let all = false
  let round: Round | null = null
  let parked: News[] = []
  let scheduled = false
  let pause: (() => void) | null = null
  let waiters: { resolve(): void; reject(error: ParleyError): void; begun: boolean }[] = []

  function want(held: Held): void {
    if (held.sync !== 'no') return
    held.sync = 'wanted'
    wanted.add(held)
    schedule()
  }

  function wantAll(): void {
    all = true
    schedule()
  }

  /** Losses come in groups: what is noticed in one turn is asked for together. */
  function schedule(): void {
    if (scheduled || round || pause) return
    scheduled = true
    queueMicrotask(() => {
      scheduled = false
      if (!round && !pause && options.isOpen()) begin()
    })
  }

  function begin(): void {
    const full = all
    all = false
    for (const held of wanted) if (full || !isThere(held)) wanted.delete(held)
    const asked = full ? [...store.conversations.values()] : [...wanted].slice(0, LIMITS.syncConversations)
    if (!full && asked.length === 0) return
    for (const held of asked) wanted.delete(held)
    if (full) for (const waiter of waiters) waiter.begun = true
    const claims = asked.map(claim).sort((a, b) => b[2] - a[2])
    const chunks: Claim[][] = []
    for (let i = 0; i < claims.length || i === 0; i += LIMITS.syncConversations)
      chunks.push(claims.slice(i, i + LIMITS.syncConversations))
    round = { full, asked, chunks, person: null }
    next(round)
  }

  /** What is held of it. `refresh`: one version less, so that the answer has it in any case. */
  function claim(held: Held): Claim {
    const { copy, conversation } = held
    if (copy) {
      // Kept, not only asked: the connection may go before the answer.
      copy.complete = Math.min(copy.complete, copy.staleFrom ?? copy.complete)
      copy.staleFrom = null
    }
    if (conversation.version === 0) held.refresh = false
    held.sync = 'asked'
    const version = conversation.version - (held.refresh ? 1 : 0)
    return [held.id, Math.min(version, copy?.complete ?? version), copy ? 1 : 0]
  }

  /**
   * The first request of a full round is not `only`: it answers whatever is not named in it as new, and it alone
   * brings the personal version forward. The rest of more conversations than fit is named in `only` ones.
   */
  function next(mine: Round): void {
    const conversations = mine.chunks.shift()
    if (!conversations) {
      finish(mine, true)
      return
    }
    const first = mine.full && mine.person === null
    const answered = new Set<Id>()
    const threads: FollowedThread[] = []
    requests.ask(
      { t: 'sync', person: store.person, conversations, ...(first ? {} : { only: true }) },
      {
        wait: BOUNDS.syncWait,
        take(answer) {
          if (answer.t !== 'synced' || round !== mine) return false
          gather(answer, answered, threads)
          if (answer.more) return true
          if (first) mine.person = answer.person
          takeThreads(store, answered, threads)
          next(mine)
          return false
        },
        fail: (error) => failed(mine, error),
      },
    )
  }

  function gather(answer: Synced, answered: Set<Id>, threads: FollowedThread[]): void {
    for (const { conversation } of answer.conversations) answered.add(conversation.id)
    for (const thread of answer.threads) threads.push(thread)
    applySynced(store, answer)
  }

  function failed(mine: Round, error: ParleyError): void {
    if (round !== mine) return
    finish(mine, false)
    if (error.code === 'unavailable') options.onStuck()
  }

  function finish(mine: Round, whole: boolean): void {
    round = null
    for (const held of mine.asked) held.sync = 'no'
    if (mine.full && whole) {
      store.person = Math.max(store.person, mine.person ?? 0)
      store.personSeen = Math.max(store.person, store.personSeen)
      // whoever has chosen something is told so
      if (!store.chosen) takeChosen(store, NOTHING_CHOSEN)
    }
    const frames = parked
    parked = []
    if (!whole) again(mine, true)
    for (const frame of frames) receive(frame)
    if (whole && lacking(mine)) again(mine)
    if (mine.full && whole) {
      options.onLive()
      for (const waiter of waiters) if (waiter.begun) waiter.resolve()
      waiters = waiters.filter((waiter) => !waiter.begun)
    }
    schedule()
  }

  const isThere = (held: Held) => store.conversations.get(held.id) === held

  /** What the answer did not bring, though it was told of. */
  function lacking(mine: Round): boolean {
    return (
      (mine.full && store.personSeen > store.person) ||
      mine.asked.some((held) => isThere(held) && isBehind(held))
    )
  }

  function isBehind({ sync, refresh, seen, conversation, copy }: Held): boolean {
    if (sync !== 'no') return false
    return (
      refresh ||
      seen > conversation.version ||
      (copy !== null && (copy.staleFrom !== null || copy.complete < conversation.version))
    )
  }

  /** Asks once more for what is missing, a moment later: an answer that brings nothing must not be asked for at once. */
  function again(mine: Round, failed = false): void {
    pause?.()
    pause = clock.after(BOUNDS.syncAgain, () => {
      pause = null
      schedule()
    })
    if (mine.full && (failed || store.personSeen > store.person)) all = true
    else for (const held of mine.asked) if (failed || isBehind(held)) want(held)
  }

  function park(frame: News): void {
    if (parked.length < BOUNDS.parkedFrames) parked.push(frame)
    else {
      parked = []
      all = true
    }
  }

  function receive(frame: News): void {
    if (round && (round.full || frame.t !== 'events' || isAsked(frame.conversation))) park(frame)
    else TAKE[frame.t](frame as never)
  }

  const TAKE = {
    events: ({ conversation, events }) => applyEvents(store, conversation, events),
    personal({ events }) {
      if (!all) applyPersonal(store, events)
    },
    'changed-conversation': ({ conversation, version }) => ahead(conversation, version),
    'changed-person'({ version }) {
      store.personSeen = Math.max(store.personSeen, version)
      if (version > store.person) wantAll()
    },
    resync: wantAll,
  } satisfies { [T in News['t']]: (frame: Extract<News, { t: T }>) => void }

  const isAsked = (id: Id) => store.conversations.get(id)?.sync === 'asked'

  function ahead(id: Id, version: number): void {
    const held = store.conversations.get(id)
    if (!held) noteStranger(store, id, version)
    else {
      if (version > held.seen) held.seen = version
      if (version > held.conversation.version) want(held)
    }
  }

  return {
    receive,
    want,
    wantAll,
    opened() {
      all = true
      if (options.isOpen()) begin()
    },
    gone() {
      round = null
      parked = []
      all = false
      wanted.clear()
      pause?.()
      pause = null
      for (const held of store.conversations.values()) held.sync = 'no'
      for (const waiter of waiters) waiter.begun = false
    },
    close() {
      for (const { reject } of waiters) reject(new ParleyError('unavailable', 'The client was closed.'))
      waiters = []
    },
    whole: () =>
      new Promise((resolve, reject) => {
        waiters.push({ resolve, reject, begun: false })
        wantAll()
      }),
  }
}
