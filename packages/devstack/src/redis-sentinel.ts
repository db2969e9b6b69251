import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { spawnChild } from './child.ts'
import { freePort } from './port.ts'
import { findRedis } from './redis/find-redis.ts'
import { type Member, openMember, openMembers, stopMembers } from './redis/member.ts'
import { loginOf, spawnServer } from './redis/spawn-server.ts'

export type RedisSentinel = {
  /** `redis+sentinel://…`, which names all Sentinels. */
  url: string
  /** Which of the two is the master changes with a failover: this is where it began. */
  master: Member
  replica: Member
  sentinels: Member[]
  stop(): Promise<void>
}

type Options = {
  dir: string
  /** Of the two servers. */
  password?: string
  sentinelPassword?: string
  onLine?: (line: string) => void
}

const NAME = 'parley'
const SENTINELS = 3
/** So many must agree that the master is gone. */
const QUORUM = 2
const DOWN_AFTER_MS = 1_500
const FAILOVER_MS = 5_000
const READY_MS = 30_000

/**
 * A master with a replica and three Sentinels that watch them, on free ports of 127.0.0.1. Each Sentinel is told of
 * the others, so that nobody has to be found.
 * @throws CannotStart as `startRedis`
 */
export async function startRedisSentinel(options: Options): Promise<RedisSentinel> {
  const { dir, password, sentinelPassword, onLine } = options
  const [masterPort, replicaPort] = [await freePort(), await freePort()]

  async function server(name: string, port: number, settings: string[], ready: RegExp): Promise<Member> {
    let before = false
    return openMember(port, () => {
      const first = !before
      before = true
      return spawnServer({
        ...{ name: `Redis, ${name}`, dir: path.join(dir, name), port, password, onLine },
        settings: ['appendonly no', 'repl-diskless-sync-delay 0', ...settings],
        ready: first ? ready : /Ready to accept connections/,
      })
    })
  }
  const master = await server('master', masterPort, [], /Ready to accept connections/)
  const opened = [master]
  try {
    const follow = `replicaof 127.0.0.1 ${masterPort}`
    const replica = await server('replica', replicaPort, [follow], /REPLICA sync: Finished with success/)
    opened.push(replica)
    const watchers = await Promise.all(
      Array.from({ length: SENTINELS }, async () => ({
        id: randomBytes(20).toString('hex'),
        port: await freePort(),
      })),
    )
    const sentinels = await openMembers(
      watchers.map((watcher, i) => {
        const home = path.join(dir, `sentinel-${i + 1}`)
        mkdirSync(home, { recursive: true, mode: 0o700 })
        const others = watchers.filter((other) => other !== watcher)
        const file = path.join(home, 'sentinel.conf')
        // Sentinel writes into this file what it learns
        const settings = [
          'bind 127.0.0.1',
          `port ${watcher.port}`,
          `dir ${JSON.stringify(home)}`,
          'daemonize no',
          ...(sentinelPassword ? [`requirepass ${JSON.stringify(sentinelPassword)}`] : []),
          `sentinel myid ${watcher.id}`,
          `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} ${QUORUM}`,
          `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
          `sentinel failover-timeout ${NAME} ${FAILOVER_MS}`,
          ...(password ? [`sentinel auth-pass ${NAME} ${JSON.stringify(password)}`] : []),
          ...(sentinelPassword ? [`sentinel sentinel-pass ${JSON.stringify(sentinelPassword)}`] : []),
          `sentinel known-replica ${NAME} 127.0.0.1 ${replicaPort}`,
          ...others.map(({ id, port }) => `sentinel known-sentinel ${NAME} 127.0.0.1 ${port} ${id}`),
        ]
        writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 })
        return openMember(watcher.port, () => spawnSentinel(home, file, `Sentinel ${i + 1}`, onLine))
      }),
    )
    opened.push(...sentinels)
    const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')
    const secret = sentinelPassword ? `?sentinelPassword=${encodeURIComponent(sentinelPassword)}` : ''
    return {
      url: `redis+sentinel://${loginOf(password)}${hosts}/${NAME}${secret}`,
      ...{ master, replica, sentinels },
      stop: () => stopMembers(opened),
    }
  } catch (error) {
    await stopMembers(opened)
    throw error
  }
}

async function spawnSentinel(dir: string, file: string, name: string, onLine?: (line: string) => void) {
  const server = findRedis()
  const child = spawnChild({
    name,
    command: server.command,
    args: [file, '--sentinel'],
    env: { ...process.env, ...server.env },
    cwd: dir,
    onLine,
    stopWith: [['SIGTERM', 15_000]],
  })
  try {
    await child.line(/\+monitor master/, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  return child
}
