import { randomBytes } from 'node:crypto'
import type { Log, Publisher } from '@parley/domain/ports'
import type { OutboxPayload, Publication } from '@parley/domain/publication'
import type { Redis } from '../redis.ts'
import { encodeHeartbeat, encodeHints, encodeParcel, encodeTyping, hintsOf, type Typing } from './envelope.ts'
import { type Parcel, parcelOf } from './parcel.ts'

/** ioredis puts its key prefix before keys only: channels get it here. */
export const channelOf = (prefix: string): string => `${prefix}fanout`

/** How often an origin says what its last number was. */
export const HEARTBEAT_MS = 2_000
/** Frames of one envelope, in bytes; a larger parcel travels in several. */
const ENVELOPE_BYTES = 1_048_576
/** What may be on its way to a Redis that does not answer. */
const UNANSWERED_BYTES = 64 * 1_048_576

export type FanoutPublisher = Publisher & {
  /** By which receivers know what this process said. */
  origin: string
  /** Tells every node, or nobody when Redis is away. */
  typing(typing: Typing): void
  /** Says which number was the last, now and every HEARTBEAT_MS; begins by itself with the first envelope. */
  startHeartbeat(): void
  stop(): void
}

type Options = {
  redis: Redis
  prefix: string
  /** The name of this process. What makes it unlike its predecessor of the same name is added. */
  origin: string
  log: Log
}

/**
 * Tells every realtime node over one channel. Each envelope has the origin's next number, whether or not Redis took it,
 * so that what was lost on the way is noticed by whoever receives the next one, or the next heartbeat.
 */
export function fanoutPublisher({ redis, prefix, origin: name, log }: Options): FanoutPublisher {
  const channel = channelOf(prefix)
  const origin = `${name}-${randomBytes(6).toString('hex')}`
  let number = 0
  let unanswered = 0
  let beating: NodeJS.Timeout | null = null

  /** @throws Error when Redis did not take it */
  async function send(envelope: Buffer): Promise<void> {
    if (redis.status !== 'ready') throw new Error('Redis is away: other nodes were not told.')
    if (unanswered + envelope.length > UNANSWERED_BYTES)
      throw new Error('Redis is not answering: too much is on its way to it.')
    unanswered += envelope.length
    try {
      await say(redis, channel, envelope)
    } finally {
      unanswered -= envelope.length
    }
  }

  function beat(): void {
    if (redis.status === 'end') stop()
    else
      send(encodeHeartbeat(origin, number)).catch(() => {
        // Whoever missed it misses the next one too, and acts on that.
      })
  }

  function startHeartbeat(): void {
    if (beating) return
    beating = setInterval(beat, HEARTBEAT_MS)
    beating.unref()
    beat()
  }

  function stop(): void {
    if (beating) clearInterval(beating)
    beating = null
  }

  return {
    origin,
    async publish(publication: Publication) {
      const envelopes = split(parcelOf(publication)).map((part) => encodeParcel(origin, ++number, part))
      if (envelopes.length === 0) return
      startHeartbeat()
      await Promise.all(envelopes.map(send))
    },
    async republish(payload: OutboxPayload) {
      const hints = hintsOf(payload)
      const { sessions, people } = hints.revoked
      if (hints.conversations.length + hints.people.length + sessions.length + people.length === 0) return
      startHeartbeat()
      await send(encodeHints(origin, ++number, hints))
    },
    typing(typing) {
      send(encodeTyping(origin, typing)).catch((error: unknown) => {
        if (redis.status === 'ready') log.warn('nobody else was told who types', { error: String(error) })
      })
    },
    startHeartbeat,
    stop,
  }
}

/** On a Cluster, sharded: other nodes than the channel's own have no work with it. ioredis takes such a channel for a key. */
function say(redis: Redis, channel: string, envelope: Buffer): Promise<unknown> {
  if (!redis.isCluster) return redis.publish(channel, envelope)
  return redis.spublish(channel.slice(redis.options.keyPrefix?.length ?? 0), envelope)
}

/** In the order of the pieces; what concerns indexes and sessions goes with the first. */
function split(parcel: Parcel): Parcel[] {
  const parts: Parcel[] = []
  let part: Parcel = { conversations: [], people: parcel.people, revoked: parcel.revoked }
  let bytes = parcel.people.reduce((sum, piece) => sum + piece.frame.length, 0)
  for (const piece of parcel.conversations) {
    if (bytes > 0 && bytes + piece.frame.length > ENVELOPE_BYTES) {
      parts.push(part)
      part = { conversations: [], people: [], revoked: { sessions: [], people: [] } }
      bytes = 0
    }
    part.conversations.push(piece)
    bytes += piece.frame.length
  }
  const { conversations, people, revoked } = part
  if (conversations.length + people.length + revoked.sessions.length + revoked.people.length > 0)
    parts.push(part)
  return parts
}
