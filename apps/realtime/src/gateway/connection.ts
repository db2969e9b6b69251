import type { PersonActor } from '@parley/domain/actor'
import type { Deps } from '@parley/domain/deps'
import type { CloseReason, ServerFrame } from '@parley/protocol'
import type { LocalPerson } from '../delivery/local.ts'
import { BOUNDS } from './bounds.ts'
import { frameOf } from './frame.ts'
import type { Wire } from './wire.ts'
import { writeSoon } from './write.ts'

/** Where a connection stands. What it may do, and what is known of it, follows from that alone. */
export type Stage =
  | { at: 'door' }
  /** The ticket was good; whether the session still stands is being looked up. */
  | { at: 'entry' }
  | Inside
  | { at: 'over'; was: LocalPerson | null }
export type Inside = {
  at: 'inside'
  person: LocalPerson
  actor: PersonActor
  /** What acts of this connection are handed; made with its first message. */
  deps: Deps | null
  /** Requests that change something run one after another, as they came. */
  acts: Promise<void> | null
  /** Likewise stretches of history, and catching up. */
  pages: Promise<void> | null
  syncs: Promise<void> | null
}

const DOOR: Stage = { at: 'door' }
const RESYNC = frameOf({ t: 'resync' })

/**
 * One client, over whatever wire it came. There may be tens of thousands: no timer and no closure belongs to one that is
 * idle. Frames of one turn of the event loop leave in one write (write.ts).
 */
export class Connection {
  readonly wire: Wire
  readonly address: string
  stage: Stage = DOOR
  /** By the node's clock, in milliseconds: when it last said something; at the end, since when it is over. */
  heard: number
  /** Tokens left for frames and for typing, and when they were last counted. */
  frames: number = BOUNDS.floodBurst
  typing: number = BOUNDS.typingBurst
  counted: number
  underWay = 0
  /** Frames of this turn, and their bytes. */
  out: Buffer[] | null = null
  outBytes = 0
  /** Since when live frames are left out, or 0. */
  behind = 0
  #draining: PromiseWithResolvers<void> | null = null
  #listening = false
  /** Since when more than slowBytes are unsent, or 0. */
  #full = 0

  constructor(wire: Wire, address: string, now: number) {
    this.wire = wire
    this.address = address
    this.heard = now
    this.counted = now
  }

  get unsent(): number {
    return this.wire.unsent + this.outBytes
  }

  /** What happens to be going on: left out when the other side does not keep up, which it is then told. */
  live(frame: Buffer, now: number): void {
    if (this.behind !== 0 || this.stage.at !== 'inside') return
    const { unsent } = this
    if (unsent <= BOUNDS.slowBytes) this.#full = 0
    else this.#full ||= now
    const slow = this.#full !== 0 && now - this.#full > BOUNDS.slowMs
    if (slow || unsent > BOUNDS.unsentBytes) {
      this.behind = now
      // an answer may have filled it: then nobody waits yet for that to be taken
      if (!this.out) this.written()
    } else this.#push(frame)
  }

  /** An answer to what was asked: never left out, and bounded by what may be under way. */
  answer(content: ServerFrame): void {
    this.#push(frameOf(content))
  }

  #push(frame: Buffer): void {
    if (this.stage.at === 'over') return
    this.outBytes += frame.length
    if (this.out) this.out.push(frame)
    else {
      this.out = [frame]
      writeSoon(this)
    }
  }

  /** What was put off is on its way: nothing is left of it here. */
  written(): void {
    if (this.behind === 0 && this.#full === 0 && !this.#draining) return
    if (this.unsent === 0) this.#drained()
    else if (!this.#listening) {
      this.#listening = true
      this.wire.whenTaken(() => this.#drained())
    }
  }

  #drained(): void {
    this.#listening = false
    this.#full = 0
    this.#draining?.resolve()
    this.#draining = null
    if (this.behind === 0 || this.stage.at !== 'inside') return
    this.behind = 0
    this.#push(RESYNC)
  }

  /** Resolves when the other side has taken what it was sent, or is gone. */
  async room(): Promise<void> {
    if (this.unsent <= BOUNDS.answerBytes || this.stage.at === 'over') return
    this.#draining ??= Promise.withResolvers<void>()
    const { promise } = this.#draining
    if (!this.out) this.written()
    await promise
  }

  begun(weight: number): void {
    this.underWay += weight
    if (this.underWay >= BOUNDS.underWay) this.wire.pause()
  }
  finished(weight: number): void {
    this.underWay -= weight
    if (this.wire.isPaused && this.underWay < BOUNDS.underWay / 2) this.wire.resume()
  }

  /** Says why, and closes. Who does not take what it is sent would not hear it. */
  end(reason: CloseReason, now: number): void {
    if (this.stage.at === 'over') return
    if (this.behind === 0) this.answer({ t: 'bye', reason })
    this.flush()
    this.over(now)
    if (this.behind !== 0) this.wire.terminate()
    else this.wire.close(reason)
  }

  /** Nothing is read from it or written to it any more. */
  over(now: number): void {
    if (this.stage.at === 'over') return
    this.stage = { at: 'over', was: this.stage.at === 'inside' ? this.stage.person : null }
    this.heard = now
    this.out = null
    this.outBytes = 0
    this.#draining?.resolve()
    this.#draining = null
  }

  flush(): void {
    const { out, outBytes: bytes } = this
    this.out = null
    this.outBytes = 0
    if (!out) return
    this.wire.write(out, bytes)
    this.written()
  }
}
