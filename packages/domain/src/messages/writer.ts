import { type Database, isUnavailable } from '@parley/db'
import {
  type NewMessage,
  type SentBatch,
  type SentMessage,
  sendMessages,
} from '@parley/db/queries/send-messages'
import {
  type ConversationEvent,
  type ErrorCode,
  type Id,
  isParleyError,
  mentionsIn,
  timeOf,
} from '@parley/protocol'
import type { Log, Publisher, Queue } from '../ports.ts'
import { emptyPublication, type Publication } from '../publication.ts'
import { createdEvent } from './created-event.ts'
import { downstream } from './downstream.ts'

/**
 * The group commit: rules 1–6 of docs/subsystems/message-path.md.
 *
 * Sends that arrive while a flush is under way go into the next one, which starts when that commit returns.
 * No timer: an idle system has the latency of one commit, a busy one puts thousands of messages into each.
 */
export type Send = {
  conversation: Id
  sender: Id
  client: string
  root: Id | null
  text: string
  files: Id[]
}
export type Sent = { message: Id; seq: number; version: number; ordinal: number; at: number }
export type Settled = { ok: true; sent: Sent } | { ok: false; code: ErrorCode }

type Waiting = {
  readonly send: Send
  /** Called once, after the commit and before anybody else is told. */
  settle(result: Settled): void
  /** False once the sender's connection is over: what it still had waiting must not overtake what failed. */
  alive(): boolean
}

export type MessageWriter = {
  enqueue(send: Send, settle: Waiting['settle'], alive?: Waiting['alive']): void
  send(send: Send): Promise<Settled>
  /** Resolves when everything enqueued is settled, published and handed to the queue. */
  drain(): Promise<void>
  depth(): number
}

type Committed = SentBatch & { rows: readonly NewMessage[] }
type UnderWay = { batch: Waiting[]; committed: Promise<Committed> }

/** Messages and text (UTF-16 code units) of one commit, and what may wait before senders are turned away. */
const BATCH_MESSAGES = 1_000
const BATCH_TEXT = 4_000_000
const WAITING_MESSAGES = 20_000

const REFUSED = { absent: 'not_found', archived: 'conflict', files: 'bad_input' } as const satisfies Record<
  Exclude<SentMessage['status'], 'new' | 'duplicate'>,
  ErrorCode
>

type WriterDeps = {
  db: Database
  newId: () => Id
  publisher: Pick<Publisher, 'publish'>
  queue: Queue
  log: Log
}

export function messageWriter(deps: WriterDeps): MessageWriter {
  let waiting: Waiting[] = []
  let flushing: Promise<void> | null = null
  const after = downstream(deps)

  function enqueue(send: Send, settle: Waiting['settle'], alive = () => true): void {
    if (waiting.length >= WAITING_MESSAGES) {
      settle({ ok: false, code: 'unavailable' })
      return
    }
    waiting.push({ send: asKept(send), settle, alive })
    flushing ??= flushAll()
  }

  async function flushAll(): Promise<void> {
    // One turn of the event loop, so that frames that arrived together are committed together.
    await new Promise(setImmediate)
    try {
      for (let next = begin(); next; ) next = (await finish(next)) ?? begin()
    } finally {
      // In the same tick as the last look at `waiting`: nothing can be enqueued in between and be forgotten.
      flushing = null
    }
  }

  /**
   * Takes from the front; the same message twice waits for the next batch, where it finds its first result, and with it
   * whatever its sender said after it there: should the first fail, it may be the second that is written. So does one
   * with a file that another of this batch carries: of the two, the first gets it.
   */
  function nextBatch(): Waiting[] {
    const batch: Waiting[] = []
    const later: Waiting[] = []
    const seen = new Set<string>()
    const putOff = new Set<string>()
    const files = new Set<Id>()
    let text = 0
    let i = 0
    for (; i < waiting.length && batch.length < BATCH_MESSAGES && text < BATCH_TEXT; i++) {
      const one = waiting[i]!
      if (!one.alive()) continue
      const { send } = one
      const place = `${send.conversation} ${send.sender}`
      const key = `${place} ${send.client}`
      if (seen.has(key) || putOff.has(place) || send.files.some((file) => files.has(file))) {
        putOff.add(place)
        later.push(one)
      } else {
        for (const file of send.files) files.add(file)
        seen.add(key)
        batch.push(one)
        text += send.text.length
      }
    }
    waiting = [...later, ...waiting.slice(i)]
    return batch
  }

  /** Hands the next batch to the database. Null: nothing waits. */
  function begin(): UnderWay | null {
    while (waiting.length > 0) {
      const batch = nextBatch()
      if (batch.length > 0) return { batch, committed: write(batch) }
    }
    return null
  }

  async function write(batch: Waiting[]): Promise<Committed> {
    const rows = batch.map(({ send }) => rowOf(send, deps.newId()))
    return { rows, ...(await sendMessages(deps.db.writer, rows)) }
  }

  /** Tells of what was committed, while the database has the next batch already. @returns that one */
  async function finish({ batch, committed }: UnderWay): Promise<UnderWay | null> {
    let done: Committed
    try {
      done = await committed
    } catch (e) {
      await salvage(batch, e)
      return null
    }
    const next = begin()
    tell(batch, done)
    return next
  }

  /**
   * One bad message must not fail its neighbours, and nothing that follows may overtake what failed. Halved until it is
   * alone: among hundreds it costs the others a dozen commits, not hundreds.
   */
  async function salvage(batch: Waiting[], error: unknown): Promise<void> {
    if (isUnavailable(error) || isWithoutNumber(error)) return refuse(batch, 'unavailable', error)
    if (batch.length === 1) return refuse(batch, 'internal', error)
    const middle = batch.length >> 1
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      const living = half.filter((one) => one.alive())
      if (living.length === 0) continue
      await write(living).then(
        (done) => tell(living, done),
        (e: unknown) => salvage(living, e),
      )
    }
  }

  function refuse(batch: Waiting[], code: ErrorCode, error: unknown): void {
    deps.log.error('a batch of messages could not be written', error, { messages: batch.length })
    for (const one of batch) one.settle({ ok: false, code })
  }

  function tell(batch: Waiting[], { rows, outbox, messages }: Committed): void {
    const publication = emptyPublication()
    for (let i = 0; i < batch.length; i++) {
      const sent = messages[i]!
      const { settle } = batch[i]!
      if (sent.status === 'new' || sent.status === 'duplicate') settle({ ok: true, sent: sentOf(sent) })
      else settle({ ok: false, code: REFUSED[sent.status] })
      if (sent.status === 'new') collect(publication, createdEvent(rows[i]!, sent), rows[i]!.conversation)
    }
    if (publication.conversations.size === 0) return
    for (const events of publication.conversations.values()) events.sort((a, b) => a.version - b.version)
    after.committed(publication, outbox)
  }

  return {
    enqueue,
    send: (send) => new Promise((settle) => enqueue(send, settle)),
    drain: async () => {
      while (flushing) await flushing
      await after.drain()
    },
    depth: () => waiting.length,
  }
}

/** PostgreSQL writes a UUID in lower case, whatever it was sent: what is compared here must be what is kept there. */
function asKept(send: Send): Send {
  const client = send.client.toLowerCase()
  return client === send.client ? send : { ...send, client }
}

/** No id can be made while no node number is leased: that passes, and is no fault of any message. */
const isWithoutNumber = (e: unknown): boolean => isParleyError(e) && e.code === 'unavailable'

// Field by field here: copying by spread costs more than all else that is done with a message.
const rowOf = (send: Send, id: Id): NewMessage => ({
  conversation: send.conversation,
  sender: send.sender,
  client: send.client,
  id,
  root: send.root,
  text: send.text,
  mentions: mentionsIn(send.text),
  files: send.files,
})

const sentOf = (sent: SentMessage): Sent => ({
  message: sent.id,
  seq: sent.seq,
  version: sent.version,
  ordinal: sent.ordinal,
  at: timeOf(sent.id),
})

function collect({ conversations }: Publication, event: ConversationEvent, conversation: Id): void {
  const events = conversations.get(conversation)
  if (events) events.push(event)
  else conversations.set(conversation, [event])
}
