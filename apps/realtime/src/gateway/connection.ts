import type { PersonActor } from '@parley/domain/actor'
import type { Deps } from '@parley/domain/deps'
import type { CloseReason, ServerFrame } from '@parley/protocol'
import type { LocalPerson } from '../delivery/local.ts'
import type { Backlog, Holder } from './backlog.ts'
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
  /** The version that its client speaks: an older one is not told what it would not know. */
  protocol: number
  /** What acts of this connection are handed; made with its first message. */
  deps: Deps | null
  /** Requests that change something run one after another, as they came. */
  acts: Promise<void> | null
  /** Likewise stretches of history, and catching up. */
  pages: Promise<void> | null
  syncs: Promise<void> | null
  /** By the node's clock: when it was last handed a resume token. */
  renewed: number
}

/** How many connections of a node are inside, counted as they come and go: anybody may ask, of tens of thousands. */
export type Headcount = { inside: number }

/** What the wire was given and the other side has not taken. */
type Stuck = { readonly kept: readonly Buffer[]; readonly bytes: number }

const DOOR: Stage = { at: 'door' }
const RESYNC = frameOf({ t: 'resync' })

/**
 * One client, over whatever wire it came. There may be tens of thousands: no timer and no closure belongs to one that is
 * idle. Frames of one turn of the event loop leave in one write (write.ts).
 */
export class Connection implements Holder {
  readonly wire: Wire
  readonly address: string
  #stage: Stage = DOOR
  readonly #headcount: Headcount
  /** By the node's clock, in milliseconds: when it last said something; at the end, since when it is over. */
  heard: number
  /** Tokens left for frames and for typing, and when they were last counted. */
  frames: number = BOUNDS.floodBurst
  typing: number = BOUNDS.typingBurst
  counted: number
  underWay = 0
  #settling: PromiseWithResolvers<void> | null = null
  /** Frames that are still to be handed to the wire, and their bytes. */
  out: Buffer[] | null = null
  outBytes = 0
  /** Those of them that were asked for, and are not left out. */
  #owed: Buffer[] | null = null
  /** Since when live frames are left out, or 0. */
  behind = 0
  readonly #backlog: Backlog
  /** Set while the other side does not take what the wire was given: nothing more is given to it meanwhile. */
  #stuck: Stuck | null = null
  #draining: PromiseWithResolvers<void> | null = null
  /** Since when more than slowBytes are unsent, or 0. */
  #full = 0

  constructor(wire: Wire, address: string, now: number, backlog: Backlog, headcount: Headcount) {
    this.wire = wire
    this.address = address
    this.heard = now
    this.counted = now
    this.#backlog = backlog
    this.#headcount = headcount
  }

  get stage(): Stage {
    return this.#stage
  }
  /** Every way in and every way out leads through here: so the count cannot miss one. */
  set stage(next: Stage) {
    if (this.#stage.at === 'inside') this.#headcount.inside--
    if (next.at === 'inside') this.#headcount.inside++
    this.#stage = next
  }

  /** The person, or the connection itself as long as nobody is known to be there. */
  get whose(): object {
    const stage = this.#stage
    const person = stage.at === 'inside' ? stage.person : stage.at === 'over' ? stage.was : null
    return person ?? this
  }

  /** Bytes that the other side has not taken. */
  get unsent(): number {
    return this.outBytes + (this.#stuck?.bytes ?? 0)
  }

  *held(): Generator<Buffer> {
    if (this.#stuck) yield* this.#stuck.kept
    if (this.out) yield* this.out
  }

  /** Whether more than `most` is unsent, or more than an equal share of what the node may hold for everybody. */
  holds(most: number): boolean {
    const { unsent } = this
    return unsent > most || (this.#stuck !== null && this.#backlog.full && unsent > this.#backlog.share)
  }

  /** What happens to be going on: left out when the other side does not keep up, which it is then told. */
  live(frame: Buffer, now: number): void {
    if (this.behind !== 0 || this.stage.at !== 'inside') return
    if (this.unsent <= BOUNDS.slowBytes) this.#full = 0
    else this.#full ||= now
    const slow = this.#full !== 0 && now - this.#full > BOUNDS.slowMs
    if (slow || this.holds(BOUNDS.unsentBytes)) this.#fallBehind(now)
    else this.#push(frame)
  }

  /** An answer to what was asked: never left out, and bounded by what may be under way. */
  answer(content: ServerFrame): void {
    this.put(frameOf(content))
  }

  /** Likewise a frame that is made already. */
  put(frame: Buffer): void {
    if (this.stage.at === 'over') return
    if (this.#owed) this.#owed.push(frame)
    else this.#owed = [frame]
    this.#push(frame)
  }

  #push(frame: Buffer): void {
    if (this.stage.at === 'over') return
    this.outBytes += frame.length
    if (this.#stuck) this.#backlog.hold(frame)
    if (this.out) this.out.push(frame)
    else {
      this.out = [frame]
      if (!this.#stuck) writeSoon(this)
    }
  }

  /** It will fetch what it misses: live frames that wait here would be of no use to it. */
  #fallBehind(now: number): void {
    this.behind = now
    if (!this.#stuck) return
    const { out } = this
    this.out = this.#owed && [...this.#owed]
    this.outBytes = bytesOf(this.out ?? [])
    for (const frame of this.out ?? []) this.#backlog.hold(frame)
    for (const frame of out ?? []) this.#backlog.release(frame)
  }

  /** Hands over what there is, as much at a time as the other side takes. */
  flush(): void {
    const { out } = this
    if (this.#stuck || !out) return
    let [from, rest] = [0, this.outBytes]
    while (from < out.length) {
      const { to, bytes } = rest <= BOUNDS.writtenBytes ? { to: out.length, bytes: rest } : upTo(out, from)
      const kept = this.wire.write(from === 0 && to === out.length ? out : out.slice(from, to), bytes)
      from = to
      rest -= bytes
      if (this.wire.unsent > 0) {
        this.out = from < out.length ? out.slice(from) : null
        const left = new Set(this.out)
        this.#owed = this.#owed?.filter((frame) => left.has(frame)) ?? null
        this.outBytes = rest
        this.#stick(kept, bytes)
        return
      }
    }
    this.out = null
    this.outBytes = 0
    this.#owed = null
    this.#drained()
  }

  #stick(kept: readonly Buffer[], bytes: number): void {
    this.#stuck = { kept, bytes }
    this.#backlog.enter(this)
    for (const frame of kept) this.#backlog.hold(frame)
    for (const frame of this.out ?? []) this.#backlog.hold(frame)
    this.wire.whenTaken(() => {
      if (!this.#stuck) return
      const { unsent } = this
      this.#letGo()
      if (this.out) this.flush()
      else this.#drained()
      this.#backlog.took(this, unsent - this.unsent)
    })
  }

  /** Nothing of what is here is held against the node any more. */
  #letGo(): void {
    const stuck = this.#stuck
    if (!stuck) return
    this.#stuck = null
    this.#backlog.leave(this)
    for (const frame of stuck.kept) this.#backlog.release(frame)
    for (const frame of this.out ?? []) this.#backlog.release(frame)
  }

  /** The other side has taken everything. */
  #drained(): void {
    if (this.behind === 0 && this.#full === 0 && !this.#draining) return
    this.#full = 0
    this.#draining?.resolve()
    this.#draining = null
    if (this.behind === 0 || this.stage.at !== 'inside') return
    this.behind = 0
    this.put(RESYNC)
  }

  /** Resolves when the other side has taken what it was sent, or is gone. */
  async room(): Promise<void> {
    if (!this.holds(BOUNDS.answerBytes) || this.stage.at === 'over') return
    this.#draining ??= Promise.withResolvers<void>()
    await this.#draining.promise
  }

  /** Resolves once nothing is under way: what is asked meanwhile is waited for, too, so that callers need a bound. */
  async settled(): Promise<void> {
    if (this.underWay === 0) return
    this.#settling ??= Promise.withResolvers<void>()
    await this.#settling.promise
  }

  begun(weight: number): void {
    this.underWay += weight
    if (this.underWay >= BOUNDS.underWay) this.wire.pause()
  }
  finished(weight: number): void {
    this.underWay -= weight
    if (this.underWay === 0) {
      this.#settling?.resolve()
      this.#settling = null
    }
    if (this.wire.isPaused && this.underWay < BOUNDS.underWay / 2) this.wire.resume()
  }

  /** Says why, and where to go instead, and closes. Who does not take what it is sent would not hear it. */
  end(reason: CloseReason, now: number, addresses: string[] = []): void {
    if (this.stage.at === 'over') return
    const deaf = this.behind !== 0 || (this.#stuck !== null && this.holds(BOUNDS.slowBytes))
    if (!deaf) {
      this.answer({ t: 'bye', reason, ...(addresses.length > 0 ? { addresses } : {}) })
      this.wire.write(this.out!, this.outBytes)
    }
    this.over(now)
    if (deaf) this.wire.terminate()
    else this.wire.close(reason)
  }

  cutOff(now: number): void {
    this.behind ||= now
    this.end('behind', now)
  }

  /** Nothing is read from it or written to it any more. */
  over(now: number): void {
    if (this.stage.at === 'over') return
    this.stage = { at: 'over', was: this.stage.at === 'inside' ? this.stage.person : null }
    this.heard = now
    this.#letGo()
    this.out = null
    this.outBytes = 0
    this.#owed = null
    this.#draining?.resolve()
    this.#draining = null
  }
}

const bytesOf = (frames: readonly Buffer[]) => frames.reduce((sum, frame) => sum + frame.length, 0)

/** As many frames from there on as make one write. */
function upTo(frames: readonly Buffer[], from: number): { to: number; bytes: number } {
  let to = from
  let bytes = 0
  do bytes += frames[to++]!.length
  while (to < frames.length && bytes + frames[to]!.length <= BOUNDS.writtenBytes)
  return { to, bytes }
}
