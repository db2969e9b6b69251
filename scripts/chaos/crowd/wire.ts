import type { ClientFrame, Id, ServerFrame } from '@parley/protocol'
import type { Socket } from '@parley/sync'
import { WebSocket } from 'ws'
import type { Random } from '../../seed/random.ts'
import { sharedNow } from '../clock.ts'
import type { Heard } from './protocol.ts'

/** What is the matter with the frames that people send. Shared by all of a process. */
export type Weather = { twice: number; heldMs: number }

export type Wire = {
  open(address: string): Socket
  /** The device dies: not a byte more goes out, and nothing is said in farewell. */
  die(): void
}

type Listener = {
  /** A frame has gone out to the network. */
  went(frame: ClientFrame): void
  came(frame: ServerFrame): void
  heard(heard: Heard): void
}

/** A send may be repeated so much later by a network that we do not know: it carries its own id. */
const LATE_MS = 2_000

/** A person's sockets, on which frames are doubled and held as the weather has it, and everything is noted. */
export function personsWire(weather: Weather, random: Random, listener: Listener): Wire {
  const open = new Set<WebSocket>()
  let dead = false

  return {
    open(address) {
      const ws = new WebSocket(address, { perMessageDeflate: false })
      open.add(ws)
      ws.on('close', () => open.delete(ws))
      ws.on('message', (data: Buffer) => {
        if (!dead) note(JSON.parse(data.toString()) as ServerFrame, listener)
      })
      return slowed(ws, weather, random, (frame) => listener.went(frame))
    },
    die() {
      dead = true
      for (const ws of open) ws.terminate()
    },
  }
}

/** In order, whatever each frame waits; a doubled one goes out twice in a row. */
function slowed(ws: WebSocket, weather: Weather, random: Random, went: (frame: ClientFrame) => void): Socket {
  const held: { text: string; due: number }[] = []
  const now = (text: string) => {
    if (ws.readyState === WebSocket.OPEN) ws.send(text)
  }
  function go(text: string): void {
    const frame = JSON.parse(text) as ClientFrame
    const twice = frame.t !== 'hello' && random.chance(weather.twice / 100)
    now(text)
    if (twice) now(text)
    if (twice && frame.t === 'send') setTimeout(now, random.int(LATE_MS), text).unref()
    went(frame)
  }
  /** One timer for all: several would not fire in the order of their times when these are less than 1 ms apart. */
  function flush(): void {
    while (held.length > 0 && held[0]!.due <= performance.now()) go(held.shift()!.text)
    if (held.length > 0) setTimeout(flush, Math.max(1, held[0]!.due - performance.now()))
  }
  return {
    send(text) {
      const wait = weather.heldMs > 0 ? random.int(weather.heldMs) : 0
      held.push({ text, due: performance.now() + wait })
      if (held.length === 1) flush()
    },
    close: (code, reason) => ws.close(code, reason),
    addEventListener: ws.addEventListener.bind(ws) as Socket['addEventListener'],
  }
}

/** Every conversation of which a frame tells anything, with the newest version that it lets one know. */
function note(frame: ServerFrame, { came, heard }: Listener): void {
  came(frame)
  const at = sharedNow()
  const tell = (conversation: Id, version: number) => heard({ conversation, version, at, frame: frame.t })
  switch (frame.t) {
    case 'events':
      tell(frame.conversation, Math.max(...frame.events.map((event) => event.version)))
      return
    case 'messages':
      tell(frame.conversation, Math.max(0, ...frame.messages.map((message) => message.version)))
      return
    case 'changed-conversation':
      tell(frame.conversation, frame.version)
      return
    case 'synced':
      for (const { conversation } of frame.conversations) tell(conversation.id, conversation.version)
      for (const { conversation, messages } of frame.changes)
        tell(conversation, Math.max(0, ...messages.map((message) => message.version)))
      return
    case 'personal':
      for (const event of frame.events)
        if (event.type === 'membership.added') tell(event.conversation.id, event.conversation.version)
      return
  }
}
