import type { Tx } from '@parley/db'
import { isBadValue } from '@parley/db'
import { type ConversationEvent, type Id, ParleyError, type PersonalEvent } from '@parley/protocol'
import type { z } from 'zod'
import type { Access, Reader } from './access.ts'
import { type Actor, keyOf, type SomeBody } from './actor.ts'
import { type AuditRecord, type Doer, writeAudit } from './audit-log.ts'
import { badInput } from './bad-input.ts'
import { databaseAway } from './database-away.ts'
import type { Deps } from './deps.ts'
import type { Job } from './jobs.ts'
import { type LimitName, RATE_LIMITS } from './limits.ts'
import { handOver } from './outbox/hand-over.ts'
import { record } from './outbox/record.ts'
import { emptyPublication, type Publication } from './publication.ts'
import type { Scope as TokenScope } from './scopes.ts'

/** What an act tells after its commit. */
export type Tell = {
  conversation(conversation: Id, event: ConversationEvent): void
  person(person: Id, event: PersonalEvent): void
  revoke(who: { session: Id } | { person: Id }): void
  job(job: Job): void
}

export type Run<Scope> = { tx: Tx; actor: Actor; scope: Scope; deps: Deps; tell: Tell }
type AuditOf<Input, Scope, Result> =
  | { none: string }
  | ((done: { input: Input; scope: Scope; result: Result }) => Audited | Audited[] | null)
type Audited = AuditRecord & { by?: Doer; result?: 'done' | 'refused' }

type Declared<Input, Scope> = {
  name: string
  input: z.ZodType<Input>
  access: Access<Input, Scope>
  limit: LimitName
  /** The scope that a token needs; `any`: every token may; `never`: tokens may not. */
  tokens: TokenScope | 'any' | 'never'
}
export type Command<Input, Scope, Result> = Declared<Input, Scope> & {
  kind: 'command'
  audit: AuditOf<Input, Scope, Result>
  run(context: Run<Scope>, input: Input): Promise<Result>
}
export type Query<Input, Scope, Result> = Declared<Input, Scope> & {
  kind: 'query'
  /** Reads of audit or exported data are acts too: then the read and its record are one transaction. */
  audit?: AuditOf<Input, Scope, Result>
  run(context: { tx: Reader; actor: Actor; scope: Scope; deps: Deps }, input: Input): Promise<Result>
}
/** An act that the group commit makes durable: it judges, writes and records in its own single statement. */
export type Grouped<Input, Scope, Result> = Declared<Input, Scope> & {
  kind: 'grouped'
  audit: { none: string }
  run(context: { actor: Actor; scope: Scope; deps: Deps }, input: Input): Promise<Result>
}
// biome-ignore-start lint/suspicious/noExplicitAny: the list of all acts holds every input, scope and result
export type Act<Input = any, Result = any> =
  | Command<Input, any, Result>
  | Query<Input, any, Result>
  | Grouped<Input, any, Result>
// biome-ignore-end lint/suspicious/noExplicitAny: only here

const acts = new Map<string, Act>()
/** Every act there is, for whoever must walk them all. */
export const allActs = (): ReadonlyMap<string, Act> => acts

function declare<A extends Act>(act: A): A {
  if (acts.has(act.name)) throw new Error(`Two acts are named ${act.name}`)
  acts.set(act.name, act)
  return act
}

/** Declares one act that changes something. Leaving out who may, how often, or what is audited does not compile. */
export const command = <Input, Scope, Result>(
  c: Omit<Command<Input, Scope, Result>, 'kind'>,
): Command<Input, Scope, Result> => declare({ kind: 'command', ...c })
/** Declares one question. */
export const query = <Input, Scope, Result>(
  q: Omit<Query<Input, Scope, Result>, 'kind'>,
): Query<Input, Scope, Result> => declare({ kind: 'query', ...q })

/** Declares one act of the message path. */
export const grouped = <Input, Result, Scope = { me: SomeBody }>(
  g: Omit<Grouped<Input, Scope, Result>, 'kind'>,
): Grouped<Input, Scope, Result> => declare({ kind: 'grouped', ...g })

/**
 * The one gate: parse → token scope → rate limit → transaction { access → run → audit → outbox } → publish.
 * @throws ParleyError; anything else is a defect, except that a database out of reach becomes `unavailable`,
 * and a value that it cannot hold `bad_input`
 */
export async function perform<Input, Result>(
  act: Act<Input, Result>,
  actor: Actor,
  raw: unknown,
  deps: Deps,
): Promise<Result> {
  const input = parse(act, raw)
  if (actor.kind === 'token') requireScope(act.tokens, actor.scopes)
  await limit(act.limit, actor, deps)
  try {
    switch (act.kind) {
      case 'command':
        return await change(act, actor, input, deps)
      case 'query':
        return await ask(act, actor, input, deps)
      case 'grouped':
        return await act.run({ actor, scope: await act.access({ tx: deps.db, actor, input }), deps }, input)
    }
  } catch (e) {
    const away = databaseAway(e)
    if (away) throw away
    if (isBadValue(e)) {
      // what came from outside, as a rule; logged, since it may as well be ours
      deps.log.warn('the database cannot hold a value', { act: act.name })
      throw new ParleyError('bad_input', 'A text or a number in it is one that cannot be kept or looked for.')
    }
    throw e
  }
}

function parse<Input>(act: Act<Input>, raw: unknown): Input {
  const parsed = act.input.safeParse(raw)
  if (parsed.success) return parsed.data
  throw badInput(parsed.error)
}

function requireScope(needed: Declared<never, never>['tokens'], scopes: readonly TokenScope[]): void {
  if (needed === 'any') return
  if (needed === 'never') throw new ParleyError('scope_missing', 'Tokens may not do this.')
  if (!scopes.includes(needed)) throw new ParleyError('scope_missing', `The token lacks the scope ${needed}.`)
}

/** @throws ParleyError('too_many') */
export async function limit(name: LimitName, actor: Actor, deps: Pick<Deps, 'limiter'>): Promise<void> {
  if (RATE_LIMITS[name] === null || actor.kind === 'system') return
  const wait = await deps.limiter.take(name, keyOf(actor))
  if (wait !== null)
    throw new ParleyError('too_many', `Too many requests. Try again in ${wait} s.`, { retryAfter: wait })
}

async function change<Input, Scope, Result>(
  act: Command<Input, Scope, Result>,
  actor: Actor,
  input: Input,
  deps: Deps,
): Promise<Result> {
  const publication = emptyPublication()
  const tell = recorder(publication)
  const done = await deps.db.transaction(async (tx) => {
    const scope = await act.access({ tx, actor, input })
    const result = await act.run({ tx, actor, scope, deps, tell }, input)
    await audit(act, tx, actor, { input, scope, result }, deps)
    return { result, recorded: await record(tx, publication) }
  })
  if (done.recorded) void handOver(publication, done.recorded, deps)
  return done.result
}

async function ask<Input, Scope, Result>(
  act: Query<Input, Scope, Result>,
  actor: Actor,
  input: Input,
  deps: Deps,
): Promise<Result> {
  const read = async (tx: Reader) => {
    const scope = await act.access({ tx, actor, input })
    return { scope, result: await act.run({ tx, actor, scope, deps }, input) }
  }
  if (!act.audit) return (await read(deps.db)).result
  return deps.db.transaction(async (tx) => {
    const { scope, result } = await read(tx)
    await audit(act, tx, actor, { input, scope, result }, deps)
    return result
  })
}

async function audit<Input, Scope, Result>(
  act: Pick<Query<Input, Scope, Result>, 'audit'>,
  tx: Tx,
  actor: Actor,
  done: { input: Input; scope: Scope; result: Result },
  deps: Deps,
): Promise<void> {
  if (typeof act.audit !== 'function') return
  const records = act.audit(done) ?? []
  for (const record of Array.isArray(records) ? records : [records])
    await writeAudit(tx, deps.newId(), actor, record)
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const recorder = (p: Publication): Tell => ({
  conversation: (conversation, event) => push(p.conversations, conversation, event),
  person: (person, event) => push(p.people, person, event),
  revoke: (who) =>
    void ('session' in who ? p.revoked.sessions.push(who.session) : p.revoked.people.push(who.person)),
  job: (job) => void p.jobs.push(job),
})
