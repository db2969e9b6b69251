import type { KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Id } from '@parley/protocol'
import type { HandedJob } from './jobs.ts'
import type { LimitName } from './limits.ts'
import type { OutboxPayload, Publication } from './publication.ts'

/** What the domain asks of the world outside. Implemented in packages/adapters. */

export type Limiter = {
  /** Takes one point; answers the seconds to wait when there is none left, else null. */
  take(limit: LimitName, key: string): Promise<number | null>
  /** What is left and in how many seconds the count begins anew, without taking any; null for what has no limit. */
  standing(limit: LimitName, key: string): Promise<Standing | null>
}

/** `points` in every `seconds`, of which `remaining` are left; `reset`: seconds until the present window ends. */
export type Standing = { points: number; seconds: number; remaining: number; reset: number }

export type Publisher = {
  /** Tells every realtime node. Resolves when handed over; throws when it could not be. */
  publish(publication: Publication): Promise<void>
  /** Tells every realtime node how far things went; clients fetch the rest. Throws when it could not. */
  republish(payload: OutboxPayload): Promise<void>
}

export type Queue = {
  /**
   * Has them done soon, as long as it remembers them: the outbox is what makes them last. What is queued already with
   * the same outbox rows is not added again.
   */
  add(jobs: HandedJob[]): Promise<void>
  /** Jobs waiting, active, delayed and failed, per job name. */
  counts(): Promise<Record<string, { waiting: number; active: number; delayed: number; failed: number }>>
}

export type BlobStat = { size: number }

/** A store of immutable objects by key. Keys are ours: `[a-z0-9/._-]+`. */
export type BlobStore = {
  /** Where a browser may PUT exactly `size` bytes, within `seconds`. */
  uploadUrl(
    key: string,
    options: { size: number; seconds: number },
  ): Promise<{ url: string; headers: Record<string, string> }>
  /** Where a browser may GET it, within `seconds`, as a download or (safe types only) shown in place. */
  downloadUrl(
    key: string,
    options: { seconds: number; name: string; type: string; inline: boolean },
  ): Promise<string>
  /** Null when there is no such object. */
  stat(key: string): Promise<BlobStat | null>
  /** The whole object, or its first `bytes`. */
  read(key: string, options?: { bytes?: number }): Promise<Readable>
  write(key: string, content: Buffer | Readable, options: { type: string; size?: number }): Promise<void>
  /** Removing what is not there is fine. */
  remove(keys: string[]): Promise<void>
  list(prefix: string): AsyncIterable<{ key: string; size: number }>
  /** Throws a sentence that says what is wrong. */
  check(): Promise<void>
}

export type Mail = { to: string; subject: string; text: string; html?: string }
export type Mailer = {
  /** Throws Postponed while the mail server is away. */
  send(mail: Mail): Promise<void>
  check(): Promise<void>
  circuit(): Circuit
}

/** The services outside that may be away, and have a circuit of their own. */
export const SERVICES = ['mail', 'push'] as const
export type Service = (typeof SERVICES)[number]
export const CIRCUIT_STATES = ['closed', 'open', 'half open'] as const
/**
 * How it stands with a service outside, as one process sees it: `closed`, it is called; `open`, it is away and nobody
 * calls it; `half open`, one call tries whether it is back.
 */
export type Circuit = {
  state: (typeof CIRCUIT_STATES)[number]
  /** Unix milliseconds: since when it is away, or is not. */
  since: number
  /** How long no call is worth it; 0 when one is. */
  waitMs: number
}

export type PushMessage = { title: string; body: string; data: Record<string, string>; collapse: string }
export type PushOutcome = 'sent' | 'dead'
export type Pusher = {
  /** `dead`: the token is no longer valid and must be dropped. Throws when it may work later: Postponed while the service is away. */
  send(token: string, message: PushMessage): Promise<PushOutcome>
  circuit(): Circuit
  configured: boolean
}

export type Media = {
  /** The media type by content, never by name. */
  sniff(head: Buffer): Promise<string>
  /** A bounded WebP thumbnail; null when it is not an image that can be decoded. */
  thumbnail(image: Buffer): Promise<{ content: Buffer; width: number; height: number; blur: string } | null>
}

/** Identity of one person as an identity provider asserted it, after every check. */
export type Assertion = {
  assertionId: string
  expiresAt: Date
  subject: string
  email: string | null
  name: string | null
  attributes: Record<string, string[]>
}
export type SamlConfig = {
  entityId: string
  signOnUrl: string
  certificates: string[]
  emailAttribute: string
  nameAttribute: string
}
export type Saml = {
  /** Reads identity provider metadata (SAML 2.0 Metadata §2.4.3). Throws ParleyError('bad_input'). */
  parseMetadata(xml: string): Promise<Pick<SamlConfig, 'entityId' | 'signOnUrl' | 'certificates'>>
  /** Our own metadata for one provider. */
  metadata(provider: Id): string
  /** Where to send the browser, and the request id that must come back (SAML Bindings §3.4). */
  requestUrl(provider: Id, config: SamlConfig): Promise<{ url: string; requestId: string }>
  /** Checks a posted response against the request that this browser began. Throws ParleyError('wrong_credentials') with the reason. */
  verify(provider: Id, config: SamlConfig, response: string, requestId: string): Promise<Assertion>
}

/** Seals secrets under the key from the environment, and derives keys by purpose. */
export type Secrets = {
  seal(plain: string): string
  open(sealed: string): string
  /** 32 bytes, one key a purpose: as an object, which signs four times as fast as the bytes themselves. */
  key(purpose: 'ticket' | 'refresh' | 'blob' | 'saml-request'): KeyObject
}

/**
 * What a realtime node says of itself. `full`: it has more to do than it can, and takes people only when no other does;
 * `failing`: it cannot reach what it stands on; `draining`: it is about to end.
 */
export const NODE_STATES = ['ready', 'full', 'failing', 'draining'] as const
export type NodeState = (typeof NODE_STATES)[number]

/** One realtime node as it last said. Times in milliseconds; null where nothing happened lately. */
export type RealtimeNode = {
  node: string
  /** Unix milliseconds of when it said so. */
  at: number
  /** Where people reach this very node; null when they reach all of them at one address. */
  address: string | null
  region: string
  state: NodeState
  connections: number
  /** From a message's acceptance until it was handed to its receivers' sockets. */
  deliveryP50: number | null
  deliveryP99: number | null
  /** How late the event loop ran what was due. */
  eventLoopP99: number
}
/** One worker as it last said. */
export type WorkerNode = {
  node: string
  /** Unix milliseconds of when it said so. */
  at: number
  /** Of those services that it calls. */
  circuits: Partial<Record<Service, Pick<Circuit, 'state' | 'since'>>>
}
export type Registry = {
  /** The nodes whose lease stands, by name. Throws when nobody can say. */
  nodes(): Promise<RealtimeNode[]>
  /** The same of the workers. */
  workers(): Promise<WorkerNode[]>
  /**
   * The same, at most a moment old, without ever throwing or waiting long: when nobody can say, those that were known
   * last, and `current` false.
   */
  lastKnown(): Promise<{ nodes: RealtimeNode[]; current: boolean }>
}

export type Log = {
  info(what: string, ids?: Record<string, unknown>): void
  warn(what: string, ids?: Record<string, unknown>): void
  error(what: string, error: unknown, ids?: Record<string, unknown>): void
}

/** Where the parts of this installation are reached from outside. */
export type Addresses = { web: string; console: string; realtime: string[] }
