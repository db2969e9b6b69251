import type { Typing } from '@parley/adapters/fanout/subscriber'
import type { Deps } from '@parley/domain/deps'
import type { Delivery } from '../delivery/index.ts'
import type { Presence } from '../presence/index.ts'
import type { Attempts } from './attempts.ts'
import type { Backlog } from './backlog.ts'
import type { Headcount } from './connection.ts'
import type { Departed } from './departed.ts'
import type { Revocations } from './revocations.ts'
import type { Turns } from './turns.ts'

/** What handlers work with: one a process. */
export type Node = {
  /** As clients are told where they are. */
  name: string
  deps: Deps
  delivery: Delivery
  revocations: Revocations
  backlog: Backlog
  headcount: Headcount
  /** Those who are let in, by person, and tickets that were not good, by address: to be told so, and to knock at all. */
  connecting: Attempts
  badTickets: Attempts
  badTicketFlood: Attempts
  departed: Departed
  firstReads: Turns
  syncReads: Turns
  pageReads: Turns
  /** Where somebody is sent who should not stay here, best first; empty when they had better. */
  elsewhere(): string[]
  presence: Presence
  /** Whether what it stands on answers. */
  healthy(): boolean
  /** Tells the other nodes who types. */
  tellTyping(typing: Typing): void
  /** Milliseconds that only ever go forward. */
  now(): number
}
