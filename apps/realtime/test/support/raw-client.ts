import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLOSE, type ClientFrame, type ConversationEvent, PROTOCOL, type ServerFrame } from '@parley/protocol'
import type { Far } from './dial.ts'

type Of<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>

/** For what comes at once on a machine that has nothing else to do. */
const PATIENCE_MS = 15_000

/** A connection and every frame that came over it, in order. */
export class Raw {
  readonly far: Far
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<number>
  isClosed = false
  #listeners = new Set<() => void>()
  #req = 0

  constructor(far: Far) {
    this.far = far
    far.onFrame((text) => {
      this.frames.push(JSON.parse(text))
      for (const listener of this.#listeners) listener()
    })
    this.closed = far.closed.then((code) => {
      this.isClosed = true
      const last = this.frames.at(-1)
      // over requests the farewell alone says why
      return code === 1005 && last?.t === 'bye' ? CLOSE[last.reason].code : code
    })
  }

  say(frame: ClientFrame | object): void {
    this.far.send(JSON.stringify(frame))
  }

  async hello(ticket: string, protocol = PROTOCOL): Promise<Of<'welcome'>> {
    this.say({ t: 'hello', ticket, protocol, client: 'test' })
    return await this.until('welcome')
  }

  /** The first frame of a kind that fits, now or later. */
  async until<T extends ServerFrame['t']>(
    t: T,
    fits: (frame: Of<T>) => boolean = () => true,
    ms = PATIENCE_MS,
  ): Promise<Of<T>> {
    const find = () => this.frames.find((frame): frame is Of<T> => frame.t === t && fits(frame as Of<T>))
    const found = find()
    if (found) return found
    return await new Promise((resolve, reject) => {
      const look = () => {
        const frame = find()
        if (frame) end(() => resolve(frame))
      }
      const timer = setTimeout(
        () => end(() => reject(new Error(`no ${t} came; only ${this.frames.map((f) => f.t).join(' ')}`))),
        ms,
      )
      const end = (then: () => void) => {
        clearTimeout(timer)
        this.#listeners.delete(look)
        then()
      }
      this.#listeners.add(look)
      this.closed.then((code) => end(() => reject(new Error(`closed with ${code} before ${t} came`))))
    })
  }

  /** Sends a message and waits for what becomes of it. */
  async send(
    conversation: string,
    text: string,
    id: string = randomUUID(),
    ms = PATIENCE_MS,
  ): Promise<Of<'ack'> | Of<'nack'>> {
    this.say({ t: 'send', id, conversation, text })
    return await Promise.race([
      this.until('ack', (frame) => frame.id === id, ms),
      this.until('nack', (frame) => frame.id === id, ms),
    ])
  }

  /** Asks for something and waits for `done` or `failed`. */
  async ask(frame: object): Promise<Of<'done'> | Of<'failed'>> {
    const req = ++this.#req
    this.say({ ...frame, req })
    return await Promise.race([
      this.until('done', (answer) => answer.req === req),
      this.until('failed', (answer) => answer.req === req),
    ])
  }

  /** All frames of one sync. */
  async sync(
    held: Partial<Omit<Extract<ClientFrame, { t: 'sync' }>, 't' | 'req'>> = {},
  ): Promise<Of<'synced'>[]> {
    const req = ++this.#req
    this.say({ t: 'sync', req, person: 0, conversations: [], ...held })
    await this.until('synced', (frame) => frame.req === req && !frame.more)
    return this.frames.filter((frame): frame is Of<'synced'> => frame.t === 'synced' && frame.req === req)
  }

  events(conversation: string): ConversationEvent[] {
    return this.frames.flatMap((frame) =>
      frame.t === 'events' && frame.conversation === conversation ? frame.events : [],
    )
  }

  /** What was said in the conversation, as it came. */
  texts(conversation: string): string[] {
    return this.events(conversation).flatMap((event) =>
      event.type === 'message.created' ? [event.message.text] : [],
    )
  }

  async heard(conversation: string, text: string): Promise<void> {
    await this.until(
      'events',
      ({ conversation: id, events }) =>
        id === conversation && events.some((e) => e.type === 'message.created' && e.message.text === text),
    )
  }

  /** Told of a message by its event, or to fetch how far the conversation went with it (rule 12). */
  async told(answer: Of<'ack'> | Of<'nack'>): Promise<void> {
    if (answer.t === 'nack') throw new Error(`it was not taken: ${answer.code}`)
    const { conversation, version } = answer
    await Promise.race([
      this.until(
        'events',
        ({ conversation: id, events }) => id === conversation && events.some((e) => e.version === version),
      ),
      this.until(
        'changed-conversation',
        (frame) => frame.conversation === conversation && frame.version >= version,
      ),
    ])
  }

  /** Everything that was on its way has arrived: the server has answered a ping that was sent after it. */
  async settled(ms = 100): Promise<void> {
    await sleep(ms)
    const before = this.frames.filter(({ t }) => t === 'pong').length
    this.say({ t: 'ping' })
    while (this.frames.filter(({ t }) => t === 'pong').length === before) {
      if (this.isClosed) throw new Error('closed before pong came')
      await sleep(5)
    }
  }
}
