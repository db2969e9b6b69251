import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Late, within } from '@parley/domain/within'
import { POLL_SESSION_BYTES, type PollHead } from '@parley/protocol'
import { addressOf } from '../address.ts'
import { BOUNDS } from '../bounds.ts'
import { Connection } from '../connection.ts'
import type { Door } from '../door.ts'
import { takeAgain } from '../flood.ts'
import type { Node } from '../node.ts'
import { counted, receive } from '../receive.ts'
import { answerBye, answerObject, refuse } from './answer.ts'
import { type Arrival, openArrivals } from './arrivals.ts'
import { PollWire } from './poll-wire.ts'
import { readPoll } from './request.ts'
import { unread } from './unread.ts'

type Options = {
  node: Node
  door: Door
  connections: Set<Connection>
  trustedProxies: number
  /** The web client's. What has no origin is no page; a page of somebody else's is turned away. */
  origin: string
  /** Whether one more from there may come in. */
  isFull(address: string): boolean
  /** How long whoever goes may still bring something. */
  farewellMs?: number | undefined
  /** The request is of a session. */
  onKnown(request: IncomingMessage): void
  /** It is over: nothing more will come from it or reach it. */
  onGone(connection: Connection): void
}

export type Polls = {
  /** Whether the request is one of a long poll. */
  isMine(request: IncomingMessage): boolean
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
  sweep(now: number): void
}

/** `arriving`: requests of which only a part has come. */
type Session = { connection: Connection; wire: PollWire; arriving: number }

/**
 * The door for those whom no socket reaches (docs/subsystems/long-polling.md): a connection like any other, over
 * requests. The session's id is in the body, which nothing on the way writes down, and so no page needs to ask first
 * (Fetch §3.2.2: a simple request).
 */
export function openPolls({ node, door, connections, trustedProxies, ...options }: Options): Polls {
  const { farewellMs = BOUNDS.pollFarewellMs } = options
  const sessions = new Map<string, Session>()
  const arrivals = openArrivals()

  function open(address: string): Session {
    const id = randomBytes(POLL_SESSION_BYTES).toString('base64url')
    const wire = new PollWire({
      ...{ session: id, now: node.now },
      onClose() {
        sessions.delete(id)
        options.onGone(connection)
      },
    })
    const connection = new Connection(wire, address, node.now(), node.backlog, node.headcount)
    const session = { connection, wire, arriving: 0 }
    sessions.set(id, session)
    connections.add(connection)
    door.enter(connection)
    return session
  }

  function take({ connection }: Session, line: Buffer): void {
    const atDoor = connection.stage.at === 'door'
    receive(connection, line, false, node)
    if (atDoor && connection.stage.at !== 'door') door.leave(connection)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers
    response.setHeader('Vary', 'Origin')
    if (origin === options.origin) response.setHeader('Access-Control-Allow-Origin', origin)
    else if (origin !== undefined)
      return refuse(response, 'not_allowed', 'Pages of another origin may not ask.')
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST')
      return refuse(response, 'wrong_method', 'Ask with POST.')
    }
    const arrival = arrivals(request)
    try {
      await answer(request, response, arrival)
    } finally {
      arrival.over()
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse, arrival: Arrival): Promise<void> {
    const read = await readPoll(request, (head) => refused(head, arrival), arrival.has)
    arrival.whole()
    if (read === 'gone') return
    if (typeof read === 'string') return unread(response, read)
    const { head, lines } = read
    if (head.t === 'open') return begin(request, response, lines)
    const session = sessions.get(head.session)
    if (!session) return unread(response, 'unknown')
    options.onKnown(request)
    await go(session, head, lines, response)
  }

  function refused(head: PollHead, arrival: Arrival): 'unknown' | 'busy' | null {
    if (head.t === 'open') return null
    const session = sessions.get(head.session)
    if (!session) return 'unknown'
    // what only asks is no longer than its head
    return head.t === 'down' || arrival.isFor(session) ? null : 'busy'
  }

  function begin(request: IncomingMessage, response: ServerResponse, lines: Iterable<Buffer>): void {
    const address = addressOf(request, trustedProxies)
    if (options.isFull(address)) {
      refuse(response, 'unavailable', 'Nobody is let in now: try again later.')
      return
    }
    const [hello, more] = lines
    if (!hello || more) {
      refuse(response, 'bad_input', 'One frame opens a session: hello.')
      return
    }
    options.onKnown(request)
    const session = open(address)
    session.wire.poll(0, response)
    take(session, hello)
  }

  async function go(
    session: Session,
    head: Exclude<PollHead, { t: 'open' }>,
    lines: Iterable<Buffer>,
    response: ServerResponse,
  ): Promise<void> {
    const { connection, wire } = session
    const now = node.now()
    // a request costs as much as a small frame, also without one. The answer to a poll says if it was one too many;
    // whoever brings something learns it by their next poll, and whoever goes need not
    counted(connection, 0, node)
    const receiveLine = (line: Buffer) => take(session, line)
    if (head.t === 'end') {
      if (head.n !== undefined) {
        const brought = wire.upload(head.n, lines, receiveLine, true).then(() => connection.settled())
        await atMost(farewellMs, brought)
      }
      wire.terminate()
      return answerObject(response, 200, {})
    }
    if (head.t === 'down') {
      const again = wire.again(head.ack)
      if (again > 0 && !takeAgain(connection, again, now)) {
        wire.terminate()
        return answerBye(response, head.ack, 'flood')
      }
      if (wire.poll(head.ack, response)) return
      connection.end('bad_frame', now)
      return refuse(
        response,
        'bad_input',
        'No batch of that number was sent: the session is over, open another.',
      )
    }
    const taken = await wire.upload(head.n, lines, receiveLine)
    if (taken === 'taken') answerObject(response, 200, {})
    else if (taken === 'busy')
      refuse(response, 'unavailable', 'The last upload is not taken yet: bring this one again later.')
    else {
      connection.end('bad_frame', node.now())
      refuse(response, 'bad_input', 'Uploads before this one are missing: the session is over, open another.')
    }
  }

  return {
    isMine: ({ url = '' }) => /(^|\/)poll$/.test(url.split('?', 1)[0]!),
    serve,
    sweep(now) {
      // nobody is there to hear why
      for (const { wire } of sessions.values()) if (!wire.sweep(now)) wire.terminate()
    },
  }
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  try {
    await within(ms, work)
  } catch (error) {
    if (!(error instanceof Late)) throw error
  }
}
