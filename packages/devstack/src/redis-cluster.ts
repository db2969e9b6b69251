import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './port.ts'
import { type Member, openMember, openMembers, stopMembers } from './redis/member.ts'
import { loginOf, spawnServer } from './redis/spawn-server.ts'

export type { Member }
export type RedisCluster = {
  /** `redis+cluster://…`, which names two of the masters: the rest must be found. */
  url: string
  masters: Member[]
  /** The first stands in for the first master, and so on. */
  replicas: Member[]
  stop(): Promise<void>
}

type Options = {
  dir: string
  password?: string
  onLine?: (line: string) => void
}

/** The ranges of slots that the three masters begin with. */
const RANGES = ['0-5460', '5461-10922', '10923-16383']
/** A master that is silent for so long counts as gone. */
const NODE_TIMEOUT_MS = 1_500

/**
 * Three masters with a replica each, on free ports of 127.0.0.1. The cluster is written into their folders before they
 * start, so that nobody has to be introduced.
 * @throws CannotStart as `startRedis`
 */
export async function startRedisCluster({ dir, password, onLine }: Options): Promise<RedisCluster> {
  const nodes = await Promise.all(
    [...RANGES, ...RANGES].map(async (slots, i) => ({
      id: randomBytes(20).toString('hex'),
      port: await freePort(),
      bus: await freePort(),
      place: i % RANGES.length,
      ...(i < RANGES.length ? { slots } : {}),
    })),
  )
  type Node = (typeof nodes)[number]
  const describe = (node: Node, myself: Node): string => {
    const flags = `${node === myself ? 'myself,' : ''}${node.slots ? 'master' : 'slave'}`
    const master = node.slots ? '-' : nodes[node.place]!.id
    return `${node.id} 127.0.0.1:${node.port}@${node.bus} ${flags} ${master} 0 0 ${node.place + 1} connected${node.slots ? ` ${node.slots}` : ''}`
  }
  const members = await openMembers(
    nodes.map(async (node, i) => {
      const home = path.join(dir, `node-${i + 1}`)
      mkdirSync(home, { recursive: true, mode: 0o700 })
      const known = nodes.map((one) => describe(one, node))
      const vars = `vars currentEpoch ${RANGES.length} lastVoteEpoch 0`
      writeFileSync(path.join(home, 'nodes.conf'), `${[...known, vars].join('\n')}\n`)
      let before = false
      return openMember(node.port, () => {
        // one that comes back may have been replaced: then it serves nothing until it follows
        const ready = before
          ? /Ready to accept connections/
          : node.slots
            ? /Cluster state changed: ok/
            : /MASTER <-> REPLICA sync: Finished with success/
        before = true
        return spawnServer({
          name: `Redis Cluster’s node ${i + 1}`,
          ...{ dir: home, port: node.port, ready, password, onLine },
          settings: [
            'appendonly no',
            'cluster-enabled yes',
            'cluster-config-file nodes.conf',
            `cluster-port ${node.bus}`,
            `cluster-node-timeout ${NODE_TIMEOUT_MS}`,
            'repl-diskless-sync-delay 0',
          ],
        })
      })
    }),
  )
  const [masters, replicas] = [members.slice(0, RANGES.length), members.slice(RANGES.length)]
  const hosts = masters.slice(0, 2).map(({ port }) => `127.0.0.1:${port}`)
  return {
    url: `redis+cluster://${loginOf(password)}${hosts.join(',')}`,
    ...{ masters, replicas },
    stop: () => stopMembers(members),
  }
}
