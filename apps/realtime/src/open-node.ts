import type { Context } from '@parley/adapters/context'
import type { FanoutPublisher } from '@parley/adapters/fanout/publisher'
import { type Parcel, subscribeFanout } from '@parley/adapters/fanout/subscriber'
import type { Deps } from '@parley/domain/deps'
import type { NodeState } from '@parley/domain/ports'
import { type Delivery, openDelivery } from './delivery/index.ts'
import { attempts } from './gateway/attempts.ts'
import { Backlog } from './gateway/backlog.ts'
import { balance } from './gateway/balance.ts'
import { BOUNDS } from './gateway/bounds.ts'
import { departed } from './gateway/departed.ts'
import { openGateway } from './gateway/index.ts'
import type { Node } from './gateway/node.ts'
import { revocations } from './gateway/revocations.ts'
import { tellHealth } from './gateway/tell-health.ts'
import { turns } from './gateway/turns.ts'
import { openPresence } from './presence/index.ts'

type Options = {
  name: string
  deps: Deps
  fanout: FanoutPublisher
  redis: Context['redis']
  redisUrl: string
  prefix: string
  port: number
  host: string
  trustedProxies?: number
  /** Origin of the web client. */
  origin: string
  /** BOUNDS.pollFarewellMs, but for tests. */
  farewellMs?: number | undefined
  probed: Parameters<typeof openGateway>[0]['probed']
} & Pick<Parameters<typeof balance>[0], 'address' | 'most' | 'delay' | 'healthy' | 'say'>

export type RealtimeNode = {
  port: number
  delivery: Delivery
  /** Who is inside by now. Strangers at the door are nobody yet, and keep nobody away. */
  connections(): number
  /** What it holds by now: all of it goes back to nothing when everybody has gone. */
  holds(): Record<'connections' | 'inside' | 'atDoor' | 'people' | 'conversations' | 'unsentBytes', number>
  /** As others are told. */
  state(): NodeState
  /** Tells everybody inside, whose client knows the frame, whether the database is away. */
  tellHealth(): void
  /** Drains; what was accepted is not lost by it. The deps stay open. */
  close(): Promise<void>
}

/** One realtime node over deps that somebody else opened and will close. */
export async function openNode(options: Options): Promise<RealtimeNode> {
  const { name, deps, fanout, redis, redisUrl, prefix } = options
  const now = () => performance.now()
  const known = revocations()
  const { log } = deps
  let connections: Awaited<ReturnType<typeof openGateway>>['connections'] = new Set()

  function revoke(revoked: Parcel['revoked']): void {
    if (revoked.sessions.length + revoked.people.length === 0) return
    known.note(revoked, deps.now())
    const sessions = new Set(revoked.sessions)
    const people = new Set(revoked.people)
    for (const connection of connections) {
      if (connection.stage.at !== 'inside') continue
      const { id, session } = connection.stage.actor
      if (sessions.has(session) || people.has(id)) connection.end('revoked', now())
    }
  }

  let listening = () => true
  const presence = await openPresence({
    ...{ db: deps.db, redis, redisUrl, prefix, name, log },
    now: () => deps.now().getTime(),
    isMember: ({ stage }, id) => stage.at === 'inside' && delivery.isMember(stage.person, id),
  })
  const delivery = openDelivery({
    db: deps.db,
    log,
    now,
    revoke,
    presence,
    listening: () => listening(),
    ended: (connection) => connection.end('revoked', now()),
  })
  const subscription = await subscribeFanout({
    ...{ redisUrl, prefix, name, log },
    own: fanout.origin,
    receiver: delivery,
  })
  listening = subscription.listening
  fanout.startHeartbeat()
  const backlog = new Backlog(now)
  const headcount = { inside: 0 }
  const { address, most, delay, healthy, say } = options
  const among = balance({ deps, name, address, most, delay, healthy, say })
  const node: Node = {
    ...{ name, deps, delivery, presence, now },
    revocations: known,
    backlog,
    headcount,
    connecting: attempts('connect'),
    badTickets: attempts('badTicket'),
    badTicketFlood: attempts('badTicketFlood'),
    departed: departed(),
    firstReads: turns(BOUNDS.firstReads, backlog),
    syncReads: turns(BOUNDS.syncReads, backlog),
    pageReads: turns(BOUNDS.pageReads, backlog),
    tellTyping: fanout.typing,
    elsewhere: among.elsewhere,
    healthy,
  }
  const { port, host, trustedProxies = 0, origin, farewellMs, probed } = options
  try {
    const gateway = await openGateway({
      ...{ node, balance: among, port, host, trustedProxies, origin, farewellMs, probed },
    })
    connections = gateway.connections
    return {
      port: gateway.port,
      delivery,
      connections: () => headcount.inside,
      holds: () => ({
        ...delivery.served(),
        connections: connections.size,
        inside: headcount.inside,
        atDoor: gateway.atDoor(),
        unsentBytes: backlog.bytes,
      }),
      state: among.state,
      tellHealth: () => tellHealth(connections, !healthy()),
      async close() {
        presence.drain()
        await gateway.close()
        await presence.close()
        delivery.close()
        await subscription.close()
      },
    }
  } catch (error) {
    await presence.close()
    delivery.close()
    await subscription.close()
    throw error
  }
}
