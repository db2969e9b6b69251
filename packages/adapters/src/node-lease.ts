import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@parley/domain/ports'
import { FIRST_IMPORT_NODE, type Id, idSource, ParleyError } from '@parley/protocol'
import type { Redis } from 'ioredis'

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
 *    are connected (rule 1, within the slowest retry of 2 s). So whoever finds that Redis has begun to remember less
 *    than SETTLE_MS ago (on an installation's very first start, too) waits for the rest of that before making ids,
 *    and then looks whether the number is still its own.
 */
const LEASE_MS = 600_000
const MARGIN_MS = 10_000
const REST_MS = 10_000
const SETTLE_MS = 2_500

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
}

/** Ours again for the time, if it is free or ours already. KEYS: number; ARGV: token, milliseconds. */
const CLAIM = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

/** For how long, in milliseconds, this Redis has remembered. KEYS: the mark that it does. */
const MEMORY = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], now, 'NX')
return now - redis.call('GET', KEYS[1])`

/** Lets it rest, if it is ours. */
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], 'resting', 'PX', ARGV[2])
return 1`

/** @throws Error when Redis does not answer, or when all numbers are taken */
export async function leaseNode(redis: Redis, options: Options): Promise<NodeLease> {
  const { log, leaseMs = LEASE_MS, marginMs = MARGIN_MS, settleMs = SETTLE_MS } = options
  const token = `${options.name} ${randomUUID()}`
  const keyOf = (number: number) => `node:${number}`
  const claim = async (number: number) => (await redis.eval(CLAIM, 1, keyOf(number), token, leaseMs)) === 1

  let held: { number: number; next: () => Id; clock: Clock } | null = null
  let released = false
  const surelyHeld = () => (held && held.clock.elapsed() < leaseMs - marginMs ? held : null)

  async function take(): Promise<void> {
    const settles = settleMs - Number(await redis.eval(MEMORY, 1, 'node:memory'))
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
      held = { number, next: idSource(number), clock }
      return
    }
    throw new Error(
      `All ${FIRST_IMPORT_NODE} node numbers are leased: too many processes share this Redis, or many died within ten minutes.`,
    )
  }

  let renewing: Promise<void> | null = null
  async function renew(): Promise<void> {
    if (released) return
    const clock = startClock()
    if (held && (await claim(held.number))) {
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
      .catch((error: unknown) => log.error('the node number could not be renewed', error))
      .finally(() => {
        renewing = null
      })
  }

  await take()
  const timer = setInterval(renewOnce, leaseMs / 3)
  timer.unref()
  redis.on('ready', renewOnce)

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
      redis.off('ready', renewOnce)
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
