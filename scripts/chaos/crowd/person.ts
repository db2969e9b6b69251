import type { ConversationEvent, Id, ServerFrame } from '@parley/protocol'
import { isParleyError } from '@parley/protocol/errors'
import { createClient, type OutboxEntry, type Sync } from '@parley/sync'
import { type Random, random as seeded } from '../../seed/random.ts'
import { nameOf } from '../people.ts'
import type { Change, History, Outcome, Placed } from './protocol.ts'
import { personsWire, type Weather, type Wire } from './wire.ts'

type Options = {
  placed: Placed
  addresses: string[]
  ticket(person: Id): string
  weather: Weather
  seed: number
}

/** How long a device that died stays away. */
const AWAY_MS = 800

type PlainChange = Change extends infer C ? (C extends Change ? Omit<C, 'order' | 'outcome'> : never) : never

/** Somebody with one device, which may die and come back, and all that they did and heard. */
export class Person {
  readonly id: Id
  readonly random: Random
  readonly history: History
  client!: Sync
  #options: Options
  #always: Set<Id>
  #wire!: Wire
  #stored: OutboxEntry[] = []
  #order = 0
  /** Own messages that were accepted or refused, or found among what others said. */
  #answered = new Set<string>()
  /** Acts without an answer yet. */
  #open = new Set<Promise<unknown>>()
  #dieAfterNextSend = false
  #away: Promise<void> | null = null

  constructor(options: Options) {
    this.#options = options
    this.id = options.placed.person
    this.#always = new Set(options.placed.always)
    this.random = seeded(options.seed)
    this.history = {
      ...{ person: this.id, sent: [], acknowledged: [], refused: [], lost: [], changes: [], reads: [] },
      ...{ heard: [], violations: [], crashes: 0 },
    }
    this.#begin()
  }

  say(conversation: Id, text: string, root?: Id): void {
    const order = this.#order++
    const { id, settled } = this.client.send(conversation, text, root)
    this.history.sent.push({ id, conversation, root: root ?? null, text, order })
    this.#track(
      settled.then(
        () => void this.#answered.add(id),
        (error: unknown) => {
          // closed with the device: it comes back from the storage, or it is lost
          if (!isParleyError(error) || error.code === 'unavailable') return
          this.history.refused.push(id)
          this.#answered.add(id)
        },
      ),
    )
  }

  change(one: PlainChange): Promise<void> {
    const { client } = this
    const change: Change = { ...one, order: this.#order++, outcome: 'unknown' }
    this.history.changes.push(change)
    const { conversation, message } = change
    const asked =
      change.kind === 'edit'
        ? client.edit(conversation, message, change.text)
        : change.kind === 'delete'
          ? client.remove(conversation, message)
          : client.react(conversation, message, change.emoji, change.on)
    return this.#track(
      outcomeOf(asked).then((outcome) => {
        change.outcome = outcome
      }),
    )
  }

  read(conversation: Id, seq: number): void {
    const read = { conversation, seq, order: this.#order++, outcome: 'unknown' as Outcome }
    this.history.reads.push(read)
    this.#track(
      outcomeOf(this.client.markRead(conversation, seq)).then((outcome) => {
        read.outcome = outcome
      }),
    )
  }

  /** The device dies as soon as its next message has gone out, before it can have been acknowledged. */
  dieAfterNextSend(): void {
    this.#dieAfterNextSend = true
  }

  /** Everything begun has an answer, or will never get one; and the device is there. */
  async settled(): Promise<void> {
    this.#dieAfterNextSend = false
    while (this.#open.size > 0 || this.#away) {
      await this.#away
      await Promise.all(this.#open)
    }
  }

  /** Messages that wait to be accepted, as the storage has them. */
  waiting(): string[] {
    return this.#stored.flatMap(({ text, failed }) => (failed ? [] : [text]))
  }

  /** All that they did and heard. Of a message that came back from the storage, only that tells that it was refused. */
  told(): History {
    const failed = this.#stored.flatMap(({ id, failed }) => (failed ? [id] : []))
    return { ...this.history, refused: [...new Set([...this.history.refused, ...failed])] }
  }

  /** False while the device is dead. */
  get here(): boolean {
    return this.#away === null
  }

  close(): void {
    this.client.close()
    this.#wire.die()
  }

  #begin(): void {
    const { addresses, ticket, weather } = this.#options
    const seen = new Map<Id, number>()
    const wire = personsWire(weather, this.random, {
      went: (frame) => {
        if (frame.t !== 'send' || !this.#dieAfterNextSend) return
        this.#dieAfterNextSend = false
        // the storage has it by then, and no answer can be here yet
        setImmediate(() => this.#die())
      },
      came: (frame) => this.#came(frame),
      heard: (heard) => {
        if (!this.#always.has(heard.conversation)) this.history.heard.push(heard)
      },
    })
    this.#wire = wire
    let alive = true
    const first = this.random.int(addresses.length)
    this.client = createClient({
      connect: async () => ({
        ticket: ticket(this.id),
        // by turns, so that whoever lost a node tries another first
        addresses: addresses.map((_, i) => addresses[(first + i) % addresses.length]!),
      }),
      openSocket: (address) => wire.open(address),
      holdAll: true,
      client: 'chaos',
      random: () => this.random.next(),
      storage: {
        load: async () => structuredClone(this.#stored),
        save: async (entries) => {
          if (alive && wire === this.#wire) this.#stored = structuredClone(entries)
        },
      },
      onEvent: (conversation, event) => this.#inOrder(seen, conversation, event),
    })
    this.#stop = () => {
      alive = false
    }
    this.client.start()
  }
  #stop = () => {}

  #die(): void {
    this.history.crashes++
    this.#stop()
    this.#wire.die()
    const known = new Set([...this.#stored.map((entry) => entry.id), ...this.#answered])
    for (const { id } of this.history.sent) if (!known.has(id)) this.history.lost.push(id)
    this.client.close()
    this.#away = new Promise((resolve) =>
      setTimeout(() => {
        this.#away = null
        this.#begin()
        resolve()
      }, this.random.int(AWAY_MS)),
    )
  }

  #came(frame: ServerFrame): void {
    if (frame.t !== 'ack') return
    const { id, message, seq, version, ordinal } = frame
    this.history.acknowledged.push({ id, ack: { message, seq, version, ordinal } })
    this.#answered.add(id)
  }

  #inOrder(seen: Map<Id, number>, conversation: Id, event: ConversationEvent): void {
    const before = seen.get(conversation) ?? 0
    if (event.version <= before)
      this.history.violations.push(
        `${nameOf(this.id)} was told version ${event.version} of ${conversation} after version ${before}.`,
      )
    seen.set(conversation, event.version)
  }

  #track(work: Promise<void>): Promise<void> {
    this.#open.add(work)
    return work.finally(() => this.#open.delete(work))
  }
}

/** Refused is what the server judged; whatever else may have happened or not. */
async function outcomeOf(work: Promise<void>): Promise<Outcome> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (!isParleyError(error)) throw error
    return error.code === 'unavailable' || error.code === 'internal' ? 'unknown' : 'refused'
  }
}
