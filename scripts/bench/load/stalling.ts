import { PROTOCOL, type ServerFrame } from '@parley/protocol'
import { WebSocket } from 'ws'
import type { Place } from './protocol.ts'

/**
 * Members of one conversation who stop reading, and read again: a process of its own, so that whatever the kernel and
 * `ws` hold on this side is no part of what is measured.
 */
export type StallOrder =
  /** `at`: the conversation's version by now, which all of them hold. */
  | { do: 'connect'; url: string; places: Place[]; conversation: string; at: number }
  | { do: 'stall' }
  /** Reads again, and catches up to `version`. */
  | { do: 'read'; version: number }
export type StallAnswer =
  | { done: 'ready' }
  /** How many were told to resync, were cut off, and hold everything. */
  | { done: 'read'; resynced: number; cutOff: number; whole: number }
  | { done: 'failed'; why: string }

/** How many say hello, or catch up, at once. */
const TOGETHER = 50
const PING_MS = 20_000

class Member {
  readonly #ws: WebSocket
  readonly #conversation: string
  /** Holds everything up to this version. */
  version: number
  resynced = false
  over = false
  /** A change came whose predecessor did not. */
  gap = false
  #changed = () => {}

  constructor(ws: WebSocket, conversation: string, version: number) {
    this.#ws = ws
    this.#conversation = conversation
    this.version = version
    ws.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as ServerFrame))
    ws.on('close', () => {
      this.over = true
      this.#changed()
    })
    ws.on('error', () => {})
  }

  #take(frame: ServerFrame): void {
    if (frame.t === 'resync') this.resynced = true
    if (frame.t === 'events' && frame.conversation === this.#conversation)
      for (const { version } of frame.events) this.#reached(version)
    if (frame.t === 'synced') {
      for (const { version } of frame.changes) this.version = Math.max(this.version, version)
      if (!frame.more) this.gap = false
    }
    this.#changed()
  }

  #reached(version: number): void {
    if (version > this.version + 1) this.gap = true
    else if (!this.gap) this.version = Math.max(this.version, version)
  }

  async until(fits: () => boolean): Promise<void> {
    while (!fits() && !this.over)
      await new Promise<void>((go) => {
        this.#changed = go
      })
  }

  stall = (): void => this.#ws.pause()
  resume(): void {
    this.#ws.resume()
    this.#ping()
  }

  /** Whoever waits long for their turn is no less there. */
  #ping(): void {
    if (this.over) return
    this.#ws.send('{"t":"ping"}')
    setTimeout(() => this.#ping(), PING_MS)
  }

  async catchUp(version: number): Promise<void> {
    await this.until(() => this.resynced || this.version >= version)
    if (this.over || !this.resynced) return
    const conversations = [[this.#conversation, this.version, 1]]
    this.#ws.send(JSON.stringify({ t: 'sync', req: 1, person: 0, conversations, only: true }))
    await this.until(() => this.version >= version && !this.gap)
  }
}

async function connect(url: string, { ticket }: Place, conversation: string, at: number): Promise<Member> {
  const ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 })
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  const member = new Member(ws, conversation, at)
  const welcomed = new Promise((resolve) => ws.once('message', resolve))
  ws.send(JSON.stringify({ t: 'hello', ticket, protocol: PROTOCOL, client: 'stalling' }))
  await welcomed
  return member
}

const members: Member[] = []

async function inGroups<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += TOGETHER) await Promise.all(all.slice(i, i + TOGETHER).map(work))
}

async function obey(order: StallOrder): Promise<StallAnswer> {
  switch (order.do) {
    case 'connect': {
      const { url, conversation, at, places } = order
      await inGroups(places, async (place) => void members.push(await connect(url, place, conversation, at)))
      return { done: 'ready' }
    }
    case 'stall':
      for (const member of members) member.stall()
      return { done: 'ready' }
    case 'read': {
      for (const member of members) member.resume()
      await inGroups(members, (member) => member.catchUp(order.version))
      return {
        done: 'read',
        resynced: members.filter((member) => member.resynced).length,
        cutOff: members.filter((member) => member.over).length,
        whole: members.filter((member) => member.version >= order.version && !member.gap).length,
      }
    }
  }
}

process.on('message', (order: StallOrder) => {
  obey(order).then(
    (answer) => process.send!(answer),
    (error: unknown) => process.send!({ done: 'failed', why: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
