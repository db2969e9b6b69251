import { connect } from 'node:net'
import path from 'node:path'
import {
  freePort,
  type Member,
  startRedis as startOne,
  startRedisCluster,
  startRedisSentinel,
} from '@parley/devstack'
import { keep } from './kept.ts'
import type { Wire } from './wire.ts'

export const REDIS_FORMS = ['single', 'cluster', 'sentinel'] as const
/** One server, or several that stand in for each other (REDIS_URL, docs/operations). */
export type RedisForm = (typeof REDIS_FORMS)[number]

export type StageRedis = {
  /** Null where clients are told by the servers where these are: no wire can be put between. */
  port: number | null
  /** For a process that reaches it through this wire, where there is one. */
  urlOver(wire: Wire | null): string
  /** A server that is a master ends, and whatever it held is gone with it. The answer brings it back. */
  kill(strength: number): Promise<() => Promise<void>>
  /** Likewise one stands still, and goes on. */
  pause(strength: number): Promise<() => void>
  stop(): Promise<unknown>
}

export const openRedis = (
  form: RedisForm,
  home: string,
  said: (line: string) => void,
): Promise<StageRedis> =>
  form === 'single' ? single(path.join(home, 'redis'), said) : several(form, path.join(home, 'redis'))

async function single(dir: string, said: (line: string) => void): Promise<StageRedis> {
  const port = await freePort()
  // forgets everything when it ends
  const kept = keep('redis', () => startOne({ dir, port }), said)
  await kept.up()
  return {
    port,
    urlOver: (wire) => `redis://127.0.0.1:${wire?.port ?? port}`,
    async kill() {
      await kept.down('SIGKILL')
      return () => kept.up()
    },
    async pause() {
      kept.signal('SIGSTOP')
      return () => kept.signal('SIGCONT')
    },
    stop: () => kept.stop(),
  }
}

async function several(form: 'cluster' | 'sentinel', dir: string): Promise<StageRedis> {
  const { url, members, stop } = await (form === 'cluster' ? cluster(dir) : sentinel(dir))
  async function someMaster(strength: number): Promise<Member> {
    const roles = await Promise.all(
      members.map(async (member) => ({ member, master: await isMaster(member) })),
    )
    const masters = roles.flatMap(({ member, master }) => (master ? [member] : []))
    const from = masters.length > 0 ? masters : members
    return from[Math.floor(strength * from.length)]!
  }
  return {
    port: null,
    urlOver: () => url,
    async kill(strength) {
      const member = await someMaster(strength)
      await member.kill()
      return () => member.start()
    },
    async pause(strength) {
      const pid = (await someMaster(strength)).pid()
      process.kill(pid, 'SIGSTOP')
      return () => void process.kill(pid, 'SIGCONT')
    },
    stop,
  }
}

async function cluster(dir: string) {
  const { url, masters, replicas, stop } = await startRedisCluster({ dir })
  return { url, members: [...masters, ...replicas], stop }
}

async function sentinel(dir: string) {
  const { url, master, replica, stop } = await startRedisSentinel({ dir })
  return { url, members: [master, replica], stop }
}

const ROLE_MS = 1_000

/** Asks a server for its role (redis.io/commands/role), in the form for people at a terminal. */
const isMaster = ({ port }: Member): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ROLE_MS })
    const end = (answer: boolean) => {
      resolve(answer)
      socket.destroy()
    }
    socket.once('connect', () => socket.write('ROLE\r\n'))
    socket.once('data', (said) => end(said.toString().includes('master')))
    // one that does not answer is none
    for (const event of ['error', 'timeout', 'close'] as const) socket.once(event, () => end(false))
  })
