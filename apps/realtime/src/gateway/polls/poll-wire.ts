import type { ServerResponse } from 'node:http'
import { CLOSE, type CloseReason, type PollBatch } from '@parley/protocol'
import { BOUNDS } from '../bounds.ts'
import { payloadOf } from '../frame.ts'
import type { Wire } from '../wire.ts'
import { answerLines, refuse } from './answer.ts'

const NEWLINE = Buffer.from('\n')

type PollWireOptions = {
  session: string
  now(): number
  /** Called once: nobody comes for it any more, or it was cut off. */
  onClose(): void
}

/**
 * A long-poll session. Frames leave in numbered batches; a batch is kept until the next poll says that it arrived, and
 * sent again to whoever asks as if it had not. At most one poll is held, and one answer is on its way.
 */
export class PollWire implements Wire {
  readonly #options: PollWireOptions
  #queue: Buffer[] = []
  #queuedBytes = 0
  /** The last batch, while it is not known to have arrived; and its number. */
  #batch: Buffer[] = []
  #batchBytes = 0
  #n = 0
  /** The poll that waits for something to tell, and since when; or since when none waits. */
  #held: ServerResponse | null = null
  #since: number
  /** The last answer with frames. */
  #answered: ServerResponse | null = null
  #opening = true
  /** Frames handed over, and taken, in all. */
  #handed = 0
  #taken = 0
  #waiting: { for: number; taken: () => void }[] = []
  /** The last upload: its number and lines, when all of it is read, and how many requests wait for that. */
  #upload = 0
  #lines = 0
  #reading: Promise<void> = Promise.resolve()
  #readers = 0
  #paused: PromiseWithResolvers<void> | null = null
  #leaving: CloseReason | null = null
  #over = false

  constructor(options: PollWireOptions) {
    this.#options = options
    this.#since = options.now()
  }

  get unsent(): number {
    return this.#queuedBytes + this.#batchBytes
  }
  /** A session is opened by a hello of bounded length, and nothing else is read at the door. */
  get received(): number {
    return 0
  }
  get isPaused(): boolean {
    return this.#paused !== null
  }

  write(frames: readonly Buffer[], bytes: number): readonly Buffer[] {
    if (this.#over) return []
    this.#queue.push(...frames)
    this.#queuedBytes += bytes
    this.#handed += frames.length
    // whoever says farewell does so in the same turn, and the answer is to say so, too
    if (this.#held) process.nextTick(() => this.#tell())
    return frames
  }

  whenTaken(taken: () => void): void {
    this.#waiting.push({ for: this.#handed, taken })
  }

  pause(): void {
    this.#paused ??= Promise.withResolvers<void>()
  }
  resume(): void {
    this.#paused?.resolve()
    this.#paused = null
  }

  close(reason: CloseReason): void {
    this.#leaving = reason
    this.resume()
  }
  terminate(): void {
    if (this.#over) return
    this.#over = true
    this.resume()
    this.#held?.destroy()
    this.#held = null
    this.#queue = []
    this.#batch = []
    this.#queuedBytes = this.#batchBytes = 0
    this.#waiting = []
    this.#options.onClose()
  }

  /** Bytes that are sent once more to whoever says that batch `ack` was the last to arrive. */
  again(ack: number): number {
    return ack === this.#n - 1 ? this.#batchBytes : 0
  }

  /** Somebody asks for frames, and says that batch `ack` was the last to arrive. False: it never was sent. */
  poll(ack: number, response: ServerResponse): boolean {
    if (ack > this.#n) return false
    const isMissed = this.again(ack) > 0
    if (ack < this.#n && !isMissed) {
      refuse(response, 'conflict', 'This poll was overtaken by a later one, which has what it asks for.')
      return true
    }
    if (!isMissed) this.#arrived()
    this.#release()
    // an answer that is asked for again is not waited for
    if (isMissed) this.#answered?.destroy()
    this.#held = response
    this.#since = this.#options.now()
    response.on('close', () => {
      if (this.#held !== response) return
      // whoever opened it went before it was answered: nobody knows its id
      if (this.#opening) return this.terminate()
      this.#held = null
      this.#since = this.#options.now()
    })
    this.#tell()
    return true
  }

  /**
   * Takes an upload, once, by handing its lines to `receive`, as fast as these are read. `more`: after its lines there may
   * be such as did not come with it before.
   * @returns `taken`, now or before; `busy` when it has to come again; `early` when those before it are missing
   */
  async upload(
    n: number,
    lines: Iterable<Buffer>,
    receive: (line: Buffer) => void,
    more = false,
  ): Promise<'taken' | 'busy' | 'early'> {
    const next = this.#upload + 1
    if (n > next) return 'early'
    if (this.#readers >= (n === next ? 1 : BOUNDS.pollUploads)) return 'busy'
    if (n === next) {
      this.#upload = n
      this.#lines = 0
      this.#reading = this.#read(lines, receive)
    } else if (more && n === this.#upload)
      this.#reading = this.#reading.then(() => this.#read(lines, receive, this.#lines))
    this.#readers++
    try {
      await this.#reading
    } finally {
      this.#readers--
    }
    return 'taken'
  }

  async #read(lines: Iterable<Buffer>, receive: (line: Buffer) => void, known = 0): Promise<void> {
    for (const line of lines) {
      if (known-- > 0) continue
      if (this.#paused) await this.#paused.promise
      if (this.#over || this.#leaving) return
      this.#lines++
      receive(line)
    }
    if (this.#paused) await this.#paused.promise
  }

  /** Lets go of a poll that was held for long enough. False: nobody has come for too long. */
  sweep(now: number): boolean {
    const long = now - this.#since
    if (this.#held && long > BOUNDS.pollHeldMs) this.#release()
    return this.#held !== null || long <= BOUNDS.pollBreakMs
  }

  #arrived(): void {
    this.#taken += this.#batch.length
    this.#batch = []
    this.#batchBytes = 0
    if (this.#waiting.length === 0) return
    const due = this.#waiting.filter((one) => one.for <= this.#taken)
    this.#waiting = this.#waiting.filter((one) => one.for > this.#taken)
    for (const { taken } of due) taken()
  }

  /** The poll that is held has nothing to wait for. */
  #release(): void {
    const held = this.#held
    if (!held) return
    this.#held = null
    this.#since = this.#options.now()
    this.#answer(held, [])
  }

  /** Answers the poll that is held, if there is something to say. */
  #tell(): void {
    const held = this.#held
    if (!held || held.destroyed) return
    if (this.#batch.length === 0) this.#fill()
    if (this.#batch.length === 0) return
    this.#held = null
    this.#since = this.#options.now()
    this.#answered = held
    this.#answer(held, this.#batch)
    if (!this.#leaving) return
    held.on('finish', () => this.terminate())
  }

  #fill(): void {
    if (this.#queue.length === 0) return
    this.#batch = this.#queue
    this.#batchBytes = this.#queuedBytes
    this.#queue = []
    this.#queuedBytes = 0
    this.#n++
  }

  #answer(response: ServerResponse, batch: Buffer[]): void {
    const head: PollBatch = { n: this.#n }
    if (this.#opening) head.session = this.#options.session
    this.#opening = false
    const parts: Buffer[] = [Buffer.from(`${JSON.stringify(head)}\n`)]
    for (const frame of batch) parts.push(payloadOf(frame), NEWLINE)
    const isLast = this.#leaving !== null && this.#queue.length === 0
    answerLines(response, isLast ? CLOSE[this.#leaving!].status : 200, parts)
  }
}
