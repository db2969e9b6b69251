import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationEvent, Id, ServerFrame } from '@parley/protocol'
import { ERRORS, isParleyError } from '@parley/protocol/errors'
import { createClient, type OutboxEntry, type Route, type Surroundings, type Sync } from '@parley/sync'
import { type Random, random as seeded } from '../../seed/random.ts'
import { type Browser, Unanswered } from '../browser.ts'
import { sharedNow } from '../clock.ts'
import { nameOf } from '../people.ts'
import type { Acknowledged, Change, ChannelMade, Chosen, History, Outcome, Placed } from './protocol.ts'
import { personsWire, type Weather, type Wire } from './wire.ts'

type Options = {
  placed: Placed
  browser: Browser
  weather: Weather
  seed: number
}

/** How long a device that died stays away. */
const AWAY_MS = 800
/** How often the storage takes its time, and how much: what was said meanwhile may die with the device. */
const SLOW_SAVES = 0.3
const SAVE_MS = 20
/** Until what was not answered is asked for again. */
const AGAIN_MS = 500

type PlainChange = Change extends infer C ? (C extends Change ? Omit<C, 'order' | 'outcome'> : never) : never

/** Somebody with one device, which may die and come back, and all that they did and heard. */
export class Person {
  readonly id: Id
  readonly random: Random
  readonly history: History
  readonly browser: Browser
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
  #choosing = Promise.resolve()

  constructor(options: Options) {
    this.#options = options
    this.id = options.placed.person
    this.browser = options.browser
    this.#always = new Set(options.placed.always)
    this.random = seeded(options.seed)
    this.history = {
      ...{ person: this.id, sent: [], acknowledged: [], refused: [], lost: [], changes: [], reads: [] },
      ...{ heard: [], violations: [], channels: [], chosen: [], failures: [], crashes: 0 },
    }
    this.#begin()
  }

  say(conversation: Id, text: string, root?: Id): void {
    const order = this.#order++
    const { id, settled } = this.client.send(conversation, text, root)
    this.history.sent.push({ id, conversation, root: root ?? null, text, order, over: 'socket' })
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

  /** Says something by a request, which is repeated under the same id until it is answered. */
  post(conversation: Id, text: string): void {
    const id = crypto.randomUUID()
    this.history.sent.push({ id, conversation, root: null, text, order: this.#order++, over: 'request' })
    this.#track(this.#post({ id, conversation, text }))
  }

  async #post(message: { id: string; conversation: Id; text: string }): Promise<void> {
    for (;;)
      try {
        const ack = (await this.browser.act('messages.send', message)) as Acknowledged
        this.history.acknowledged.push({ id: message.id, ack })
        this.#answered.add(message.id)
        return
      } catch (error) {
        if (isParleyError(error) && !ERRORS[error.code].retry) {
          this.history.refused.push(message.id)
          this.#answered.add(message.id)
          return
        }
        if (!isParleyError(error) && !(error instanceof Unanswered)) throw error
        await sleep(AGAIN_MS)
      }
  }

  /** Looks for what was said. Whatever is found was heard of. */
  search(query: string): void {
    const found = this.browser.ask('messages.search', { query }).then((page) => {
      const at = sharedNow()
      for (const { conversation } of (page as { items: { conversation: Id }[] }).items)
        if (!this.#always.has(conversation))
          this.history.heard.push({ conversation, version: 1, at, frame: 'search' })
    })
    this.#track(outcomeOf(found).then(() => {}))
  }

  /** Under a name that nobody takes in another round. */
  makeChannel(word: string): void {
    const name = `${word} ${this.#options.seed}`.replaceAll(' ', '-')
    const channel: ChannelMade = { name, id: null, outcome: 'unknown' }
    this.history.channels.push(channel)
    const made = this.browser.act('conversations.create', { kind: 'public', name }).then((told) => {
      channel.id = (told as { id: Id }).id
    })
    this.#track(
      outcomeOf(made).then((outcome) => {
        channel.outcome = outcome
      }),
    )
  }

  /** One choice after another, as from one form. */
  choose(push: Chosen['push'], email: boolean): void {
    const before = this.#choosing
    const chosen: Chosen = { push, email, outcome: 'unknown' }
    const choosing = async () => {
      await before
      this.history.chosen.push(chosen)
      chosen.outcome = await outcomeOf(
        this.browser.act('notifications.setPreferences', { push, email }).then(() => {}),
      )
    }
    this.#choosing = choosing()
    this.#track(this.#choosing)
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
    const refused = [...new Set([...this.history.refused, ...failed])]
    return { ...this.history, refused, failures: this.browser.failures }
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
    const { weather } = this.#options
    const seen = new Map<Id, number>()
    const wire = personsWire(weather, this.random, {
      went: (frame) => {
        if (frame.t !== 'send' || !this.#dieAfterNextSend) return
        this.#dieAfterNextSend = false
        // no answer can be here yet, and the storage may have it by then or not
        setImmediate(() => this.#die())
      },
      came: (frame) => this.#came(frame),
      heard: (heard) => {
        if (!this.#always.has(heard.conversation)) this.history.heard.push(heard)
      },
    })
    this.#wire = wire
    let alive = true
    this.client = createClient({
      connect: (surroundings) => connect(this.browser, surroundings),
      openSocket: (address) => wire.open(address),
      holdAll: true,
      client: 'chaos',
      random: () => this.random.next(),
      storage: {
        load: async () => structuredClone(this.#stored),
        save: async (entries) => {
          if (this.random.chance(SLOW_SAVES)) await sleep(1 + this.random.int(SAVE_MS))
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
    for (const { id, over } of this.history.sent)
      if (over === 'socket' && !known.has(id)) this.history.lost.push(id)
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

/** Where to connect, as the API says. */
export const connect = (browser: Browser, input: Surroundings | Record<string, never>): Promise<Route> =>
  browser.ask('session.connect', input) as Promise<Route>

/** Refused is what the server judged; whatever else may have happened or not. */
async function outcomeOf(work: Promise<void>): Promise<Outcome> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Unanswered) return 'unknown'
    if (!isParleyError(error)) throw error
    return error.code === 'unavailable' || error.code === 'internal' ? 'unknown' : 'refused'
  }
}
