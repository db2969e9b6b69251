import { BOUNDS } from './bounds.ts'

/** Somebody who does not take what they are sent. */
export type Holder = {
  /** Of whom it is: of one person there may be many. */
  readonly whose: object
  /** What is theirs to take. */
  held(): Iterable<Buffer>
  /** The bytes of it. */
  readonly unsent: number
  /** Cuts them off: what was held for them is let go of. */
  cutOff(now: number): void
}

/** What was held for somebody at a moment: bytes of it that they have not taken since. */
type Watched = { readonly since: number; left: number }

/**
 * What the whole node holds for all who do not take what they are sent, against one budget. A frame that many wait for
 * is there once, and counts once. While the budget lasts each may hold what a single connection may; once it is used
 * up whoever holds more than an equal share of it is left out, and cut off if that is not enough.
 */
export class Backlog {
  /** Held now, in bytes. */
  bytes = 0
  readonly #holders = new Set<Holder>()
  /** How many of these each person has. */
  readonly #people = new Map<object, number>()
  readonly #frames = new Map<Buffer, number>()
  /** Since the budget was used up. */
  readonly #watched = new WeakMap<Holder, Watched>()
  /** The node's clock. */
  readonly now: () => number
  #relief: NodeJS.Timeout | null = null
  readonly #waiting = new Map<object, (() => void)[]>()

  constructor(now: () => number) {
    this.now = now
  }

  get full(): boolean {
    return this.bytes > BOUNDS.backlogBytes
  }

  /** Bytes each may hold once the budget is used up. */
  get share(): number {
    return BOUNDS.backlogBytes / Math.max(1, this.#holders.size)
  }

  enter(holder: Holder): void {
    this.#holders.add(holder)
    this.#people.set(holder.whose, (this.#people.get(holder.whose) ?? 0) + 1)
  }
  leave(holder: Holder): void {
    const { whose } = holder
    this.#holders.delete(holder)
    const others = this.#people.get(whose)! - 1
    if (others > 0) this.#people.set(whose, others)
    else {
      this.#people.delete(whose)
      this.#wake(whose)
    }
  }

  hold(frame: Buffer): void {
    const held = this.#frames.get(frame) ?? 0
    this.#frames.set(frame, held + 1)
    this.bytes += BOUNDS.heldFrameBytes + (held === 0 ? frame.length : 0)
    if (this.full) this.#relief ??= setInterval(() => this.relieve(), BOUNDS.reliefMs).unref()
  }

  release(frame: Buffer): void {
    const held = this.#frames.get(frame)
    if (held === undefined) return
    if (held === 1) this.#frames.delete(frame)
    else this.#frames.set(frame, held - 1)
    this.bytes -= BOUNDS.heldFrameBytes + (held === 1 ? frame.length : 0)
    if (!this.full) this.#relieved()
  }

  /** Whether there is no room to read for them. What others do not take keeps nobody waiting who takes what they are sent. */
  isFullFor({ whose }: Pick<Holder, 'whose'>): boolean {
    return this.full && this.#people.has(whose)
  }

  /** Resolves once there is room to read for them. */
  async room({ whose }: Pick<Holder, 'whose'>): Promise<void> {
    while (this.isFullFor({ whose })) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const own = this.#waiting.get(whose)
      if (own) own.push(resolve)
      else this.#waiting.set(whose, [resolve])
      await promise
    }
  }

  /** They have taken so much, and all of it if nothing is held for them any more. */
  took(holder: Holder, bytes: number): void {
    const watched = this.#watched.get(holder)
    if (!watched) return
    watched.left -= bytes
    if (watched.left <= 0 || !this.#holders.has(holder)) this.#watched.delete(holder)
  }

  /**
   * Cuts off those who have not taken within stuckMs what was held for them then: of people who hold more than an equal
   * share, the greediest first. Whoever takes a little now and then is no better than who takes nothing.
   */
  relieve(): void {
    const now = this.now()
    const share = BOUNDS.backlogBytes / this.#people.size
    const greedy: { held: number; slow: { holder: Holder; bytes: number }[] }[] = []
    for (const holders of Map.groupBy(this.#holders, ({ whose }) => whose).values()) {
      const slow = new Set(holders.filter((holder) => this.#isSlow(holder, now)))
      if (slow.size === 0) continue
      const parts = holders.map((holder) => ({ holder, bytes: this.#partOf(holder) }))
      const held = parts.reduce((sum, { bytes }) => sum + bytes, 0)
      if (held > share) greedy.push({ held, slow: parts.filter(({ holder }) => slow.has(holder)) })
    }
    for (const { held, slow } of greedy.sort((a, b) => b.held - a.held)) {
      let left = held
      for (const { holder, bytes } of slow.sort((a, b) => b.bytes - a.bytes)) {
        if (!this.full) return
        if (left <= share) break
        holder.cutOff(now)
        left -= bytes
      }
    }
  }

  #isSlow(holder: Holder, now: number): boolean {
    const watched = this.#watched.get(holder)
    if (!watched) this.#watched.set(holder, { since: now, left: holder.unsent })
    return watched !== undefined && now - watched.since > BOUNDS.stuckMs
  }

  /** Bytes that are held for the holder: of what others wait for, too, a part. Those of all together are what is held. */
  #partOf(holder: Holder): number {
    let bytes = 0
    for (const frame of holder.held())
      bytes += BOUNDS.heldFrameBytes + frame.length / this.#frames.get(frame)!
    return bytes
  }

  #relieved(): void {
    if (this.#relief) clearInterval(this.#relief)
    this.#relief = null
    if (this.#waiting.size === 0) return
    for (const whose of [...this.#waiting.keys()]) this.#wake(whose)
  }

  #wake(whose: object): void {
    const waiting = this.#waiting.get(whose) ?? []
    this.#waiting.delete(whose)
    for (const go of waiting) go()
  }
}
