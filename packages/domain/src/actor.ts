import type { Id } from '@parley/protocol'
import { countedAs } from './client-address.ts'
import type { Role } from './permissions.ts'
import type { Scope } from './scopes.ts'

/** Who acts. Everything in the domain is reached through one. */
export type Actor =
  | { kind: 'person'; id: Id; name: string; role: Role; session: Id; device: Id; address: string }
  | { kind: 'token'; id: Id; name: string; token: Id; scopes: readonly Scope[]; address: string }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous'; address: string }

/** A person at a device. */
export type PersonActor = Extract<Actor, { kind: 'person' }>

/** A bot behind one of its tokens. */
export type TokenActor = Extract<Actor, { kind: 'token' }>

/** An actor that is somebody: a person, or a bot behind a token. */
export type SomeBody = Extract<Actor, { kind: 'person' | 'token' }>

export const addressOf = (actor: Actor): string => (actor.kind === 'system' ? '' : actor.address)

/** By which the actor is counted in rate limits: signed-out ones by where they are. */
export const keyOf = (actor: Actor): string =>
  actor.kind === 'anonymous' ? countedAs(actor.address) : actor.kind === 'system' ? actor.name : actor.id
