import type { Id, ServerFrame } from '@parley/protocol'
import { ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from './bounds.ts'
import { connection } from './connection/connection.ts'
import type { Sync, SyncOptions } from './contract.ts'
import { history } from './loading/history.ts'
import { outbox } from './outbox/outbox.ts'
import { persister } from './outbox/persist.ts'
import { type OutboxEntry, systemClock } from './ports.ts'
import { presences } from './presence/presences.ts'
import { readPositions } from './reading/read-positions.ts'
import { act } from './requests/ask.ts'
import { requests } from './requests/requests.ts'
import { heldUpTo } from './store/held.ts'
import { meet, newStore } from './store/store.ts'
import { touchThread, touchTimeline } from './store/touch.ts'
import { syncer } from './syncer.ts'
import { typists } from './typing/typists.ts'
import { notifier, topics } from './views/topics.ts'
import { views } from './views/views.ts'

/** One person's client at one device. Nothing happens before `start()`, and nothing after `close()`. */
export function createClient(options: SyncOptions): Sync {
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const problem = options.onProblem ?? (() => {})
  const told = notifier()
  let restored = false
  let deaf: (() => void) | undefined
  let closed = false
  let owner = options.person ?? null

  const store = newStore(
    told,
    {
      want: (held) => news.want(held),
      wantAll: () => news.wantAll(),
      arrived: (message) => sending.arrived(message),
      reached: (held) => sending.reached(held.id, heldUpTo(held)),
      posted: (message) => typing.posted(message),
      onEvent: options.onEvent,
      onChanges: options.onChanges,
    },
    options.holdAll ?? false,
  )

  const line = connection({
    connect: options.connect,
    socket: options.openSocket,
    poll: options.openPoll,
    blocked: options.blocked,
    isBarred: options.isBarred,
    clock,
    random,
    client: options.client ?? 'parley',
    onWelcome({ person }) {
      meet(store, person)
      owner ??= person
      // Somebody else has signed in at this device: what waits here must not be said in their name.
      if (person !== owner) return line.end('signed_out')
      opened()
    },
    onFrame(frame) {
      // a server that is newer may say what this client does not know
      const take: ((frame: never) => void) | undefined = TAKE[frame.t]
      take?.(frame as never)
    },
    onGone() {
      gone()
      typing.gone()
    },
    onMoved() {
      gone()
      opened()
    },
    isQuiet: () => asking.isQuiet() && sending.isQuiet(),
    onFlow() {
      asking.opened()
      sending.opened()
    },
    onState: () => told.touch(topics.connection),
  })
  const { isOpen, isHolding, send } = line

  function opened(): void {
    asking.opened()
    // Before everything is asked for: the answer knows of it then.
    reading.opened()
    news.opened()
    seeing.opened()
    if (restored) sending.opened()
  }

  /** A round of syncing is given up before its questions are: their failing must not end the connection. */
  function gone(): void {
    news.gone()
    asking.gone()
    sending.gone()
    seeing.gone()
  }

  const asking = requests(line, clock)
  const news = syncer({
    store,
    requests: asking,
    clock,
    isOpen,
    onLive: line.synced,
    onStuck: line.drop,
  })
  const storage = options.storage && persister(options.storage, () => sending.all(), problem)
  const sending = outbox({
    clock,
    random,
    inFlight: options.inFlight ?? BOUNDS.inFlight,
    isOpen: () => restored && isOpen() && !isHolding(),
    send,
    versionOf(conversation) {
      const held = store.conversations.get(conversation)
      return held ? heldUpTo(held) : null
    },
    onChange({ conversation, root }) {
      if (restored) storage?.changed()
      const held = store.conversations.get(conversation)
      if (!held) return
      if (root === null) touchTimeline(store, held)
      else touchThread(store, held, root)
    },
  })
  const reading = readPositions({ store, requests: asking, clock, isOpen })
  const typing = typists({ clock, notifier: told, isOpen, send })
  const seeing = presences({ clock, notifier: told, isOpen, send })
  const loading = history({ store, requests: asking, now: clock.now })

  const ignore = () => {}
  const TAKE = {
    welcome: ignore,
    pong: ignore,
    bye: ignore,
    database: ({ away }: { away: boolean }) => line.databaseIs(away),
    ack: sending.acked,
    nack: sending.refused,
    done: asking.answered,
    failed: asking.answered,
    messages: asking.answered,
    synced: asking.answered,
    events: news.receive,
    personal: news.receive,
    'changed-conversation': news.receive,
    'changed-person': news.receive,
    resync(frame) {
      news.receive(frame)
      seeing.again()
    },
    presence: seeing.heard,
    typing: typing.heard,
  } satisfies { [T in ServerFrame['t']]: (frame: Extract<ServerFrame, { t: T }>) => void }

  /** What waits in the storage goes first, unless the storage does not answer: then it goes when it does. */
  async function restore(): Promise<void> {
    if (!options.storage || restored) return
    const loading = options.storage.load()
    let late = false
    const patience = new Promise<never>((_, reject) =>
      clock.after(BOUNDS.storageWait, () => {
        late = true
        reject(new ParleyError('unavailable', 'The storage does not answer.'))
      }),
    )
    try {
      sending.restore(await Promise.race([loading, patience]))
    } catch (error) {
      problem('What was not sent the last time could not be read.', error)
      if (late) void loading.then(restoreLate, ignore)
    }
  }

  /** Saved anew thereby: what was written meanwhile stands alone in the storage. */
  function restoreLate(entries: OutboxEntry[]): void {
    if (!closed) sending.restore(entries)
  }

  return {
    start() {
      if (closed) return
      line.start()
      void restore().then(() => {
        if (restored) return
        restored = true
        if (!closed) deaf = options.storage?.orphans?.(restoreLate)
        sending.opened()
        if (sending.all().length > 0) storage?.changed()
      })
    },
    close() {
      closed = true
      deaf?.()
      line.close()
      news.close()
      asking.close()
      reading.close()
      sending.close()
      seeing.close()
    },
    online: line.online,
    whole: news.whole,
    me: () => store.me,

    subscribe: seeing.subscribe,
    connection: line.state,
    ...views(store, (conversation, root) => sending.pending(conversation, root)),
    chosenPresence: () => store.chosen,
    typingIn: typing.in,
    presenceOf: seeing.of,
    onlineIn: seeing.online,
    idle: seeing.idle,

    send: (conversation: Id, text: string, root?: Id, files?: Id[]) =>
      sending.send({ conversation, text, root, files }),
    retry: sending.retry,
    discard: sending.discard,
    edit: (conversation, message, text) => act(asking, { t: 'edit', conversation, message, text }),
    remove: (conversation, message) => act(asking, { t: 'delete', conversation, message }),
    react: (conversation, message, emoji, on) =>
      act(asking, { t: 'react', conversation, message, emoji, on }),
    pin: (conversation, message, on) => act(asking, { t: 'pin', conversation, message, on }),
    markRead: (conversation, seq, back = false) => reading.mark(conversation, seq, back),
    markThreadRead: reading.markThread,
    ensure: loading.ensure,
    ensureThread: loading.ensureThread,
    typing: (conversation, root = undefined) => typing.type(conversation, root ?? null),
  }
}
