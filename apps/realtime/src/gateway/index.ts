import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { listen } from '@parley/adapters/listen'
import { countedAs } from '@parley/domain/client-address'
import type { Probed } from '@parley/domain/health'
import { LIMITS } from '@parley/protocol'
import { WebSocket, WebSocketServer } from 'ws'
import { addressOf } from './address.ts'
import type { Balance } from './balance.ts'
import { BOUNDS } from './bounds.ts'
import { Connection } from './connection.ts'
import { openDoor } from './door.ts'
import { drain } from './drain.ts'
import { health } from './health.ts'
import type { Node } from './node.ts'
import { refuse } from './polls/answer.ts'
import { openPolls } from './polls/index.ts'
import { counted, receive, receivePing } from './receive.ts'
import { SocketWire } from './socket-wire.ts'
import { openStrangers } from './strangers.ts'
import { sweep } from './sweep.ts'
import { turnAway } from './turn-away.ts'

type Options = {
  node: Node
  balance: Balance
  port: number
  host: string
  trustedProxies: number
  /** Origin of the web client, whose pages alone may poll. */
  origin: string
  farewellMs?: number | undefined
  probed: Omit<Probed, 'draining' | 'more'>
}

export type Gateway = {
  port: number
  connections: ReadonlySet<Connection>
  /** How many have not said who they are. */
  atDoor(): number
  /** Takes nobody in any more, sends everybody elsewhere, and resolves when they are gone. */
  close(): Promise<void>
}

/** Our end of a socket knows its connection: listeners are shared by all of them. */
class ServerSocket extends WebSocket {
  connection!: Connection
}

/**
 * The door for sockets. Origin is not looked at: a page of somebody else's cannot have a ticket, and without one nobody
 * is let in. Frames are not compressed: with tens of thousands of sockets that costs more memory than all else.
 */
export async function openGateway(options: Options): Promise<Gateway> {
  const { node, balance, port, host, trustedProxies, origin, farewellMs, probed } = options
  const connections = new Set<Connection>()
  const door = openDoor()
  const answer = health({
    ...{ ...probed, draining: balance.isDraining },
    more: () => ({ state: balance.state(), connections: node.headcount.inside, atDoor: door.waiting }),
  })
  const isFull = (address: string) =>
    balance.isDraining() ||
    connections.size >= BOUNDS.connections ||
    door.full(address) ||
    node.badTicketFlood.spent(countedAs(address))
  function gone(connection: Connection): void {
    connections.delete(connection)
    door.leave(connection)
    connection.over(node.now())
    const { stage } = connection
    if (stage.at !== 'over' || !stage.was) return
    node.delivery.leave(connection, stage.was)
    if (stage.was.connections.length === 0) node.departed.keep(stage.was, node.now())
  }
  const strangers = openStrangers(trustedProxies)
  const polls = openPolls({
    ...{ node, door, connections, trustedProxies, origin, farewellMs, isFull, onGone: gone },
    onKnown: strangers.known,
  })
  const patience = {
    ...{ headersTimeout: BOUNDS.headersMs, requestTimeout: BOUNDS.requestMs },
    keepAliveTimeout: BOUNDS.keepAliveMs,
    connectionsCheckingInterval: BOUNDS.headersCheckMs,
  }
  const server = createServer(patience, (request, response) => {
    if (!strangers.asked(request, response)) {
      refuse(response, 'unavailable', 'Too many requests from there at once: try again later.')
      return
    }
    const served = polls.isMine(request) ? polls.serve(request, response) : answer(request, response)
    served.catch((error: unknown) => {
      node.deps.log.error('a request could not be answered', error)
      response.destroy()
    })
  })
  const sockets = new WebSocketServer<typeof ServerSocket>({
    noServer: true,
    WebSocket: ServerSocket,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIMITS.frameBytes,
    maxFragments: BOUNDS.fragments,
    maxBufferedChunks: BOUNDS.chunks,
    autoPong: false,
  })

  function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
    const { connection } = this as ServerSocket
    const atDoor = connection.stage.at === 'door'
    receive(connection, data, isBinary, node)
    if (atDoor && connection.stage.at !== 'door') door.leave(connection)
  }
  /** Control frames are counted like others, and answered like others: `ws` would do it at once and without bound. */
  function onPing(this: WebSocket, data: Buffer): void {
    receivePing((this as ServerSocket).connection, data, node)
  }
  function onPong(this: WebSocket, data: Buffer): void {
    counted((this as ServerSocket).connection, data.length, node)
  }
  function onClose(this: WebSocket): void {
    gone((this as ServerSocket).connection)
  }
  /** A close follows. What ws refuses by itself (RFC 6455: framing, UTF-8, size) it closes with the standard's code. */
  function onError(): void {}

  server.on('connection', (socket) => {
    if (!strangers.opened(socket)) socket.destroy()
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    strangers.known(request)
    const address = addressOf(request, trustedProxies)
    if (isFull(address)) {
      turnAway(socket)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = new Connection(
        new SocketWire(ws, socket as Socket),
        address,
        node.now(),
        node.backlog,
        node.headcount,
      )
      ws.connection = connection
      connections.add(connection)
      door.enter(connection)
      ws.on('message', onMessage)
      ws.on('ping', onPing)
      ws.on('pong', onPong)
      ws.on('close', onClose)
      ws.on('error', onError)
    })
  })
  await listen(server, port, host)
  const sweeping = setInterval(() => {
    sweep(connections, node.now())
    polls.sweep(node.now())
  }, BOUNDS.sweepMs)
  const looking = setInterval(() => balance.look(connections, node.headcount.inside, node.now), BOUNDS.lookMs)

  return {
    port: (server.address() as AddressInfo).port,
    connections,
    atDoor: () => door.waiting,
    async close() {
      clearInterval(looking)
      // it still listens, so that whatever stands in front hears from the probe why nobody is let in
      await balance.beginDrain()
      await drain(connections, node.now, balance.anywhereElse)
      clearInterval(sweeping)
      server.close()
      server.closeAllConnections()
    },
  }
}
