import type { ServerFrame } from '@parley/protocol'
import type { WebSocket } from 'ws'
import { enter, say } from './enter.ts'
import { inGroups } from './in-groups.ts'
import { obeyOrders } from './obey-orders.ts'
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

class Member {
  #ws!: WebSocket
  readonly #conversation: string
  /** Holds everything up to this version. */
  version: number
  resynced = false
  over = false
  /** A change came whose predecessor did not. */
  gap = false
  #changed = () => {}

  constructor(conversation: string, version: number) {
    this.#conversation = conversation
    this.version = version
  }

  async enter(url: string, ticket: string): Promise<void> {
    const { ws } = await enter(url, ticket, (frame) => this.#take(frame))
    ws.on('close', () => {
      this.over = true
      this.#changed()
    })
    this.#ws = ws
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
  resume = (): void => this.#ws.resume()

  async catchUp(version: number): Promise<void> {
    await this.until(() => this.resynced || this.version >= version)
    if (this.over || !this.resynced) return
    const conversations = [[this.#conversation, this.version, 1]]
    say(this.#ws, { t: 'sync', req: 1, person: 0, conversations, only: true })
    await this.until(() => this.version >= version && !this.gap)
  }
}

const members: Member[] = []

async function obey(order: StallOrder): Promise<StallAnswer> {
  switch (order.do) {
    case 'connect': {
      const { url, conversation, at } = order
      await inGroups(order.places, TOGETHER, async ({ ticket }) => {
        const member = new Member(conversation, at)
        await member.enter(url, ticket)
        members.push(member)
      })
      return { done: 'ready' }
    }
    case 'stall':
      for (const member of members) member.stall()
      return { done: 'ready' }
    case 'read': {
      for (const member of members) member.resume()
      await inGroups(members, TOGETHER, (member) => member.catchUp(order.version))
      return {
        done: 'read',
        resynced: members.filter((member) => member.resynced).length,
        cutOff: members.filter((member) => member.over).length,
        whole: members.filter((member) => member.version >= order.version && !member.gap).length,
      }
    }
  }
}

obeyOrders(obey)
