import { connect as connectPlain } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { AbstractConnector, Redis } from 'ioredis'
import type { Host, RedisAddress } from '../config/redis-address.ts'
import { COMMAND_MS, CONNECT_MS, retryDelay } from './bounds.ts'

type ClusterAddress = Extract<RedisAddress, { form: 'cluster' }>
type Stream = ReturnType<typeof connectPlain>

const DISCONNECT_MS = 2_000
/** One node that does not answer must not keep us from asking the next. */
const ANSWER_MS = 2_000

/**
 * An ioredis connector that leads to whichever node of a Cluster serves one channel. It asks anew before each
 * connection, so that a channel that has moved, or whose master was replaced, is found where it is now.
 * @param failsFirst while it says so, a connection that finds nobody is refused instead of tried again
 */
export const slotOwnerConnector = (cluster: ClusterAddress, channel: string, failsFirst: () => boolean) =>
  class SlotOwner extends AbstractConnector {
    #known: Host[] = cluster.nodes

    constructor() {
      super(DISCONNECT_MS)
    }

    async connect(tell: (event: string, error: Error) => void): Promise<Stream> {
      this.connecting = true
      for (let times = 1; ; times++) {
        try {
          const { host, port } = await this.#owner()
          // disconnected while we asked
          if (!this.connecting) throw new Error('Connection is closed.')
          const stream = cluster.tls ? connectTls({ host, port }) : connectPlain({ host, port })
          stream.once('error', (error: Error) => {
            this.firstError = error
          })
          this.stream = stream
          return stream
        } catch (error) {
          if (!this.connecting || failsFirst()) throw error
          tell('error', error as Error)
          await sleep(retryDelay(times))
        }
      }
    }

    /** @throws Error that the last of the nodes gave us */
    async #owner(): Promise<Host> {
      let last: unknown = new Error('No node of the Cluster is known.')
      for (const node of shuffled([...this.#known, ...cluster.nodes])) {
        try {
          return await this.#ask(node)
        } catch (error) {
          last = error
        }
      }
      throw last
    }

    async #ask(node: Host): Promise<Host> {
      const { username, password, tls } = cluster
      const redis = new Redis({
        ...{ ...node, username, password, lazyConnect: true, retryStrategy: null },
        ...{
          connectTimeout: Math.min(CONNECT_MS, ANSWER_MS),
          commandTimeout: Math.min(COMMAND_MS, ANSWER_MS),
        },
        ...(tls ? { tls: {} } : {}),
      })
      let trouble: Error | null = null
      redis.on('error', (error: Error) => {
        trouble = error
      })
      try {
        await redis.connect()
        const slot = Number(await redis.cluster('KEYSLOT', channel))
        const ranges = await redis.cluster('SLOTS')
        // a node that does not know its own address leaves it out
        const host = ([name, port]: [string | null, number, ...unknown[]]): Host => ({
          ...{ host: name || node.host, port },
        })
        this.#known = ranges.flatMap(([, , ...nodes]) => nodes.map(host))
        const [, , master] = ranges.find(([first, last]) => first <= slot && slot <= last) ?? []
        if (!master) throw new Error(`CLUSTERDOWN No node of the Cluster serves the slot of ${channel}`)
        return host(master)
      } catch (error) {
        throw trouble ?? error
      } finally {
        redis.disconnect()
      }
    }
  }

/** Any of them may be cut off and believe what is no longer so: asked in another order each time. */
function shuffled(hosts: Host[]): Host[] {
  const once = [...new Map(hosts.map((host) => [`${host.host}:${host.port}`, host])).values()]
  return once
    .map((host) => ({ host, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ host }) => host)
}
