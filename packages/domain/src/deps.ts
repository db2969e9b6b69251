import type { Database } from '@parley/db'
import type { Id } from '@parley/protocol'
import type { MessageWriter } from './messages/writer.ts'
import type {
  Addresses,
  BlobStore,
  Limiter,
  Log,
  Mailer,
  Media,
  Publisher,
  Pusher,
  Queue,
  Registry,
  Saml,
  Secrets,
} from './ports.ts'

/** What a process builds once and hands to every command. A command takes from it what it uses. */
export type Deps = {
  db: Database
  newId: () => Id
  now: () => Date
  limiter: Limiter
  publisher: Publisher
  messages: MessageWriter
  queue: Queue
  blobs: BlobStore
  mailer: Mailer
  pusher: Pusher
  media: Media
  saml: Saml
  secrets: Secrets
  log: Log
  addresses: Addresses
  registry: Registry
  /** Where this process is: whoever does not say where they are is taken to be near it. */
  region: string
}
