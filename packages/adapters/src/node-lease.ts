import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@parley/domain/ports'
import { FIRST_IMPORT_NODE, type Id, idSource, ParleyError } from '@parley/protocol'
import { onReturn, type Redis } from './redis.ts'

/**
 * Node numbers, so that no two processes ever make the same id.
 *
 * 1. A number is held in Redis under a token of the holder's own, for LEASE_MS; the holder renews it at a third of
 *    that, and at once whenever Redis has been away.
 * 2. By its own clocks a holder that could not renew within LEASE_MS (less a margin) makes no more ids: another may
 *    have its number by then. Until then ids go on without Redis, so that a Redis that is down or restarted for
 *    minutes stops nobody from writing. After that `newId` throws `unavailable`, and recovers with Redis.
 * 3. A holder that finds somebody else's token under its number takes another number at once.
 * 4. A number that is given back rests for REST_MS, so that its next holder's clock is past the last id made with it.
 * 5. A Redis that lost its memory would give out numbers that are in use. Holders claim theirs again as soon as they
 *    are connected (rule 1, within the slowest retry of 2 s). So whoever finds that this very server has answered for
 *    less than SETTLE_MS (it was started anew, took another's place, or this is an installation's first start) waits for
 *    the rest of that before making ids, and then looks whether the number is still its own.
 * 6. A server that dies takes with it what its replicas do not have yet, although it was acknowledged. So a number
 *    counts as claimed or renewed only when every replica that follows the server has that, too: whichever takes its
 *    place knows the holder for as long as the holder believes itself to be one.
 */
const LEASE_MS = 600_000
const MARGIN_MS = 10_000
const REST_MS = 10_000
const SETTLE_MS = 2_500
/** Replicas say once in a second how far they have come. */
const COPIED_MS = 10_000
const LOOK_MS = 100
const RETRY_MS = 1_000

export type NodeLease = {
  /** @throws ParleyError('unavailable') while no number is surely ours */
  newId(): Id
  /** Below FIRST_IMPORT_NODE, or null while none is surely ours. */
  node(): number | null
  /** Gives the number back. Ids made before stay unique. */
  release(): Promise<void>
}

type Options = {
  name: string
  log: Log
  /** Tests shorten these. */
  leaseMs?: number
  marginMs?: number
  settleMs?: number
  copiedMs?: number
}

/** Ours again for the time, if it is free or ours already. KEYS: number; ARGV: token, milliseconds. */
const CLAIM = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

/**
 * For how long, in milliseconds, this server has been asked. The mark names the server by the id of its run, so that a
 * replica which inherits the mark does not inherit the time. KEYS: the mark.
 */
const STANDING = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or 'unknown'
local since = string.match(redis.call('GET', KEYS[1]) or '', '^' .. run .. ' (%d+)$')
if since then return now - since end
redis.call('SET', KEYS[1], run .. ' ' .. string.format('%d', now))
return 0`

/**
 * How far this server has written and how far its slowest replica has followed, as offsets, with the id of its run; 0
 * when the number is not ours. KEYS: number; ARGV: token.
 */
const FOLLOWED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local said = redis.call('INFO', 'replication')
local written = tonumber(string.match(said, 'master_repl_offset:(%d+)') or 0)
local followed = written
for offset in string.gmatch(said, 'slave%d+:%C*state=online,offset=(%d+)') do
  followed = math.min(followed, tonumber(offset))
end
return { string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or 'unknown', written, followed }`

/** Lets it rest, if it is ours. */
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], 'resting', 'PX', ARGV[2])
return 1`

/** @throws Error when Redis does not answer, or when all numbers are taken */
export async function leaseNode(redis: Redis, options: Options): Promise<NodeLease> {
  const {
    log,
    leaseMs = LEASE_MS,
    marginMs = MARGIN_MS,
    settleMs = SETTLE_MS,
    copiedMs = COPIED_MS,
  } = options
  const token = `${options.name} ${randomUUID()}`
  // in one slot of a Cluster: the mark speaks for the server that keeps the numbers. Elsewhere they are called what they
  // have always been called, so that processes of an older version see them
  const keyOf = (rest: number | 'since') => (redis.isCluster ? `{node}:${rest}` : `node:${rest}`)
  const claim = async (number: number) => (await redis.eval(CLAIM, 1, keyOf(number), token, leaseMs)) === 1

  let held: { number: number; next: () => Id; clock: Clock } | null = null
  let released = false
  const surelyHeld = () => (held && held.clock.elapsed() < leaseMs - marginMs ? held : null)

  /** Whether every replica has our claim before `copiedMs` are over. False, too, when the number is not ours. */
  async function copied(number: number): Promise<boolean> {
    let goal = { run: '', written: 0 }
    const until = performance.now() + copiedMs
    while (true) {
      const answer = await redis.eval(FOLLOWED, 1, keyOf(number), token)
      if (!Array.isArray(answer)) return false
      const [run, written, followed] = answer as [string, number, number]
      // offsets of another server say nothing
      if (goal.run !== run) goal = { run, written }
      if (followed >= goal.written) return true
      if (performance.now() > until) return false
      await sleep(LOOK_MS)
    }
  }

  async function take(): Promise<void> {
    const settles = settleMs - Number(await redis.eval(STANDING, 1, keyOf('since')))
    const first = randomInt(FIRST_IMPORT_NODE)
    for (let i = 0; i < FIRST_IMPORT_NODE; i++) {
      const number = (first + i) % FIRST_IMPORT_NODE
      // the clock starts before the question, so that ours never runs out after Redis's
      let clock = startClock()
      if (!(await claim(number))) continue
      if (settles > 0) {
        await sleep(settles)
        clock = startClock()
        if (!(await claim(number))) continue
      }
      if (!(await copied(number))) {
        await redis.eval(RELEASE, 1, keyOf(number), token, REST_MS)
        throw new Error(
          `The replicas of Redis were ${copiedMs / 1_000} s behind: a node number that a failover could forget is not used.`,
        )
      }
      held = { number, next: idSource(number), clock }
      return
    }
    throw new Error(
      `All ${FIRST_IMPORT_NODE} node numbers are leased: too many processes share this Redis, or many died within ten minutes.`,
    )
  }

  let renewing: Promise<void> | null = null
  let failing = false
  let again: NodeJS.Timeout | undefined
  async function renew(): Promise<void> {
    if (released) return
    const clock = startClock()
    if (held && (await claim(held.number))) {
      if (!(await copied(held.number))) throw new Error('The replicas of Redis are behind.')
      held.clock = clock
      return
    }
    if (held) log.warn('the node number went to another process; taking a new one', { number: held.number })
    held = null
    await take()
    log.info('leased another node number', { number: surelyHeld()?.number ?? null })
  }
  const renewOnce = () => {
    renewing ??= renew()
      .then(() => {
        failing = false
      })
      .catch((error: unknown) => {
        if (!failing) log.error('the node number could not be renewed', error)
        failing = true
        clearTimeout(again)
        again = setTimeout(renewOnce, RETRY_MS)
        again.unref()
      })
      .finally(() => {
        renewing = null
      })
  }

  await take()
  const timer = setInterval(renewOnce, leaseMs / 3)
  timer.unref()
  const returning = onReturn(redis, renewOnce)

  return {
    newId() {
      const mine = surelyHeld()
      if (!mine) throw new ParleyError('unavailable', 'No node number is leased. Try again in a moment.')
      return mine.next()
    },
    node: () => surelyHeld()?.number ?? null,
    async release() {
      released = true
      clearInterval(timer)
      clearTimeout(again)
      returning()
      await renewing
      const number = held?.number
      held = null
      if (number === undefined) return
      try {
        await redis.eval(RELEASE, 1, keyOf(number), token, REST_MS)
      } catch {
        // it runs out by itself
      }
    },
  }
}

type Clock = { elapsed(): number }

/** The longer of two clocks: one stands still while a machine sleeps, the other can be set back. */
function startClock(): Clock {
  const [wall, steady] = [Date.now(), performance.now()]
  return { elapsed: () => Math.max(Date.now() - wall, performance.now() - steady) }
}
