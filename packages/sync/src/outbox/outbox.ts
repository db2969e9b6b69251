import type { ClientFrame, Id, Message, ServerFrame } from '@parley/protocol'
import { ERRORS, type ErrorCode, ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { Clock, OutboxEntry } from '../ports.ts'
import { uuid } from '../uuid.ts'
import type { Ack, Draft, PendingMessage, PendingState } from './pending.ts'

type Entry = {
  message: PendingMessage
  /** Times that the server failed on it by its own fault. */
  faults: number
  resolve(ack: Ack): void
  reject(error: ParleyError): void
}
/** What one conversation has waiting, in the order in which it was written. */
type Lane = { entries: Map<string, Entry>; flying: number; pause: (() => void) | null; pauses: number }

export type Sending = {
  /** The message's client id, made once. */
  id: string
  /** Rejects with the ParleyError for which the message was refused; it can then be retried or discarded. */
  settled: Promise<Ack>
}

export type Outbox = {
  send(draft: Draft): Sending
  /** Sends a failed message again, as the last of its conversation. */
  retry(id: string): Promise<Ack>
  /** Forgets a message that failed or was not sent yet. False when it is on its way or unknown. */
  discard(id: string): boolean
  restore(entries: OutboxEntry[]): void
  acked(frame: Extract<ServerFrame, { t: 'ack' }>): void
  refused(frame: Extract<ServerFrame, { t: 'nack' }>): void
  /** An own message is among the others. */
  arrived(message: Message): void
  /** What was accepted up to this version is among the messages, if these are held. */
  reached(conversation: Id, version: number): void
  opened(): void
  gone(): void
  /** Whether nothing that was sent is unanswered. */
  isQuiet(): boolean
  /** Ends the waiting; the messages stay in the storage. */
  close(): void
  pending(conversation: Id, root: Id | null): PendingMessage[]
  all(): PendingMessage[]
}

type OutboxOptions = {
  clock: Clock
  random(): number
  /** Unacknowledged messages in one conversation. */
  inFlight: number
  isOpen(): boolean
  send(frame: ClientFrame): void
  /** The version up to which a conversation is held, its messages too if any are; null if it is not. */
  versionOf(conversation: Id): number | null
  onChange(message: PendingMessage): void
}

/**
 * Messages from being written until they are accepted: kept in order per conversation, sent again with the same id
 * until the server has answered, and found again among what others sent if the answer was lost.
 */
export function outbox(options: OutboxOptions): Outbox {
  const lanes = new Map<Id, Lane>()
  const entries = new Map<string, Entry>()
  let accepted = 0

  function laneOf(conversation: Id): Lane {
    let lane = lanes.get(conversation)
    if (!lane) {
      lane = { entries: new Map(), flying: 0, pause: null, pauses: 0 }
      lanes.set(conversation, lane)
    }
    return lane
  }

  function add(message: PendingMessage): { lane: Lane; settled: Promise<Ack> } {
    const { promise, resolve, reject } = Promise.withResolvers<Ack>()
    // Whoever does not ask for the result sees it in the state of the message.
    promise.catch(() => {})
    const entry: Entry = { message, faults: 0, resolve, reject }
    const lane = laneOf(message.conversation)
    lane.entries.set(message.id, entry)
    entries.set(message.id, entry)
    options.onChange(message)
    return { lane, settled: promise }
  }

  function become(entry: Entry, state: PendingState): void {
    const before = entry.message.state
    const lane = laneOf(entry.message.conversation)
    if (before === 'sending') lane.flying--
    if (state.state === 'sending') lane.flying++
    if (before === 'sent') accepted--
    if (state.state === 'sent') accepted++
    const { id, conversation, root, text, files, at } = entry.message
    entry.message = { id, conversation, root, text, files, at, ...state }
    options.onChange(entry.message)
  }

  function remove(entry: Entry): void {
    const { id, conversation, state } = entry.message
    const lane = laneOf(conversation)
    if (state === 'sending') lane.flying--
    if (state === 'sent') accepted--
    entries.delete(id)
    lane.entries.delete(id)
    if (lane.entries.size === 0) {
      lane.pause?.()
      lanes.delete(conversation)
    }
    options.onChange(entry.message)
  }

  /** After something was put off, one by one: the next must not overtake what is put off again. */
  const most = (lane: Lane) => (lane.pauses > 0 ? 1 : options.inFlight)

  function pump(lane: Lane): void {
    if (!options.isOpen() || lane.pause || lane.flying >= most(lane)) return
    for (const entry of lane.entries.values()) {
      if (entry.message.state !== 'queued') continue
      become(entry, { state: 'sending' })
      options.send(frameOf(entry.message))
      if (lane.flying >= most(lane)) return
    }
  }

  /** Nothing of the conversation is sent for a while, so that what was put off is not overtaken. */
  function hold(lane: Lane): void {
    if (lane.pause) return
    const full = Math.min(BOUNDS.outboxRetryMost, BOUNDS.outboxRetryFirst * 2 ** Math.min(lane.pauses++, 16))
    lane.pause = options.clock.after(full * (0.5 + options.random() / 2), () => {
      lane.pause = null
      pump(lane)
    })
  }

  function accept(entry: Entry, ack: Ack, isHere: boolean): void {
    const lane = laneOf(entry.message.conversation)
    lane.pauses = 0
    entry.resolve(ack)
    if (isHere) remove(entry)
    else become(entry, { state: 'sent', ack })
    pump(lane)
  }

  function fail(entry: Entry, code: ErrorCode, says: string): void {
    become(entry, { state: 'failed', code, says })
    entry.reject(new ParleyError(code, says))
    pump(laneOf(entry.message.conversation))
  }

  return {
    send({ conversation, text, root = null, files = [] }) {
      if (entries.size >= BOUNDS.outboxMessages)
        throw new ParleyError(
          'too_many',
          `${BOUNDS.outboxMessages} messages are waiting to be sent. Wait until some have gone, or discard some.`,
        )
      const id = uuid()
      const at = options.clock.now()
      const { lane, settled } = add({ id, conversation, root, text, files, at, state: 'queued' })
      pump(lane)
      return { id, settled }
    },
    retry(id) {
      const entry = entries.get(id)
      if (entry?.message.state !== 'failed')
        return Promise.reject(new ParleyError('not_found', 'There is no failed message with this id.'))
      const { code: _code, says: _says, ...message } = entry.message
      remove(entry)
      const { lane, settled } = add({ ...message, state: 'queued' })
      pump(lane)
      return settled
    },
    discard(id) {
      const entry = entries.get(id)
      if (!entry || (entry.message.state !== 'failed' && entry.message.state !== 'queued')) return false
      entry.reject(new ParleyError('gone', 'The message was discarded.'))
      remove(entry)
      return true
    },
    restore(saved) {
      const written = new Set([...entries.values()].map((entry) => entry.message.conversation))
      for (const { failed, ...message } of saved)
        if (!entries.has(message.id))
          add(failed ? { ...message, state: 'failed', ...failed } : { ...message, state: 'queued' })
      // What was written while the older ones were read comes after them.
      for (const conversation of written) moveBack(laneOf(conversation), saved)
      for (const lane of lanes.values()) pump(lane)
    },
    acked({ id, message, seq, version, ordinal, at }) {
      const entry = entries.get(id)
      if (entry?.message.state !== 'sending') return
      const held = options.versionOf(entry.message.conversation)
      accept(entry, { message, seq, version, ordinal, at }, held === null || held >= version)
    },
    refused({ id, code, says }) {
      const entry = entries.get(id)
      if (entry?.message.state !== 'sending') return
      if (code === 'internal') entry.faults++
      if (!ERRORS[code].retry || entry.faults > BOUNDS.outboxRetries) return fail(entry, code, says)
      become(entry, { state: 'queued' })
      hold(laneOf(entry.message.conversation))
    },
    arrived(message) {
      const entry = entries.size > 0 && message.client !== null ? entries.get(message.client) : undefined
      if (!entry) return
      const { id, seq, version, ordinal, at } = message
      if (entry.message.state === 'sent') remove(entry)
      else accept(entry, { message: id, seq, version, ordinal, at }, true)
    },
    reached(conversation, version) {
      if (accepted === 0) return
      for (const entry of lanes.get(conversation)?.entries.values() ?? [])
        if (entry.message.state === 'sent' && entry.message.ack.version <= version) remove(entry)
    },
    opened() {
      for (const lane of lanes.values()) pump(lane)
    },
    gone() {
      for (const lane of lanes.values()) {
        lane.pause?.()
        lane.pause = null
        for (const entry of lane.entries.values())
          if (entry.message.state === 'sending') become(entry, { state: 'queued' })
      }
    },
    isQuiet: () => [...lanes.values()].every(({ flying }) => flying === 0),
    close() {
      const error = new ParleyError('unavailable', 'The client was closed; the message stays in the outbox.')
      for (const lane of lanes.values()) lane.pause?.()
      for (const entry of entries.values()) entry.reject(error)
    },
    pending(conversation, root) {
      const found: PendingMessage[] = []
      for (const { message } of lanes.get(conversation)?.entries.values() ?? [])
        if (message.root === root) found.push(message)
      return found
    },
    all: () => [...entries.values()].map((entry) => entry.message),
  }
}

function moveBack(lane: Lane, saved: OutboxEntry[]): void {
  const older = new Set(saved.map((entry) => entry.id))
  for (const [id, entry] of [...lane.entries]) {
    if (older.has(id)) continue
    lane.entries.delete(id)
    lane.entries.set(id, entry)
  }
}

const frameOf = ({ id, conversation, root, text, files }: PendingMessage): ClientFrame => ({
  t: 'send',
  id,
  conversation,
  text,
  ...(root === null ? {} : { root }),
  ...(files.length === 0 ? {} : { files: [...files] }),
})
