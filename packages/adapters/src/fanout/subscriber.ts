import type { Log } from '@parley/domain/ports'
import { parseRedisAddress } from '../config/redis-address.ts'
import { closeRedis, openListener } from '../redis.ts'
import { beginningOf, decode, type Envelope, type Hints, type Typing } from './envelope.ts'
import { origins, SETTLE_MS } from './origins.ts'
import type { Parcel } from './parcel.ts'
import { channelOf, HEARTBEAT_MS } from './publisher.ts'

export type { Hints, Typing } from './envelope.ts'
export type { ConversationPiece, MembershipMove, Parcel, PersonPiece } from './parcel.ts'

/** Without our own heartbeat for so long, Redis does not reach us, whatever the connection looks like. */
const SILENCE_MS = 3 * HEARTBEAT_MS

/** What a node does with what others say. Called in the order of arrival; nothing of one's own arrives. */
export type Receiver = {
  parcel(parcel: Parcel): void
  hints(hints: Hints): void
  typing(typing: Typing): void
  /** Something said before this moment may not have arrived. */
  lost(): void
}

export type Subscription = {
  /** Whether Redis reaches us. While it does not, the database must be asked. */
  listening(): boolean
  close(): Promise<void>
}

type Options = {
  redisUrl: string
  prefix: string
  name: string
  /** This process's own origin: its heartbeats prove that Redis reaches us. The publisher's heartbeat must run. */
  own: string
  log: Log
  receiver: Receiver
}

/**
 * Listens to all publishers. A lost envelope, a broken connection and a Redis that went away are all told as `lost`:
 * Redis is a hint, and what it did not say must be looked up.
 */
export async function subscribeFanout(options: Options): Promise<Subscription> {
  const { redisUrl, prefix, name, own, log, receiver } = options
  const channel = channelOf(prefix)
  const sharded = parseRedisAddress(redisUrl).form === 'cluster'
  const redis = await openListener(redisUrl, channel, { name: `${name}-fanout`, log })
  const listen = () => (sharded ? redis.ssubscribe(channel) : redis.subscribe(channel))
  const numbers = origins()
  const ours = beginningOf(own)
  let heard = performance.now()
  let standing = true
  let settling: NodeJS.Timeout | undefined
  let again: NodeJS.Timeout | undefined

  function receive(bytes: Buffer): void {
    if (bytes.subarray(0, ours.length).equals(ours)) {
      heard = performance.now()
      return
    }
    const envelope = decode(bytes)
    if (!envelope) {
      log.warn('an envelope of another format was not understood', { bytes: bytes.length })
      receiver.lost()
    } else if (envelope.kind === 'typing') receiver.typing(envelope.typing)
    else take(envelope)
  }

  function take(envelope: Exclude<Envelope, { kind: 'typing' }>): void {
    const { kind, origin, number } = envelope
    const whole = kind === 'heartbeat' ? numbers.heard(origin, number) : numbers.next(origin, number)
    if (kind === 'parcel') receiver.parcel(envelope.parcel)
    else if (kind === 'hints') receiver.hints(envelope.hints)
    if (whole) return
    log.warn('an envelope was lost', { origin, number })
    receiver.lost()
  }

  async function listenAgain(): Promise<void> {
    clearTimeout(again)
    try {
      await listen()
    } catch (error) {
      log.error('could not listen to the other nodes again', error)
      // the connection may stand all the same: then nothing else would make us try
      again = setTimeout(() => {
        if (redis.status === 'ready') void listenAgain()
      }, HEARTBEAT_MS)
      again.unref()
      return
    }
    numbers.restart()
    heard = performance.now()
    standing = true
    receiver.lost()
    settleSoon()
  }

  function settleSoon(): void {
    clearTimeout(settling)
    settling = setTimeout(() => receiver.lost(), SETTLE_MS)
    settling.unref()
  }

  function watch(): void {
    if (performance.now() - heard < SILENCE_MS || redis.status !== 'ready') return
    log.warn('nothing arrives over redis; connecting anew', {
      silentMs: Math.round(performance.now() - heard),
    })
    connectAnew()
  }

  function connectAnew(): void {
    standing = false
    heard = performance.now()
    redis.disconnect(true)
  }

  redis.on(sharded ? 'smessageBuffer' : 'messageBuffer', (_: Buffer, bytes: Buffer) => {
    try {
      receive(bytes)
    } catch (error) {
      // a defect that an envelope meets would end every node at once, since each gets the same
      log.error('an envelope could not be taken', error)
      receiver.lost()
    }
  })
  try {
    await listen()
  } catch (error) {
    redis.disconnect()
    throw error
  }
  settleSoon()
  redis.on('close', () => {
    standing = false
  })
  redis.on('ready', () => void listenAgain())
  // a Cluster serves the channel elsewhere by now
  redis.on('moved', connectAnew)
  const watching = setInterval(watch, HEARTBEAT_MS)
  watching.unref()

  return {
    listening: () => standing,
    async close() {
      clearInterval(watching)
      clearTimeout(settling)
      clearTimeout(again)
      redis.removeAllListeners('ready')
      await closeRedis(redis)
    },
  }
}
