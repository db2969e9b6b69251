import { type ApiContext, handle } from '@parley/api'
import { perform, SCOPES, type Scope } from '@parley/domain'
import { type CreatedToken, createToken, createWebhook } from '@parley/domain/integrations/index'
import type { Id } from '@parley/protocol'
import { type Someone, someone } from '../../../../tests/support/people.ts'
import { type TestApi, WEB } from './browser.ts'

export const ALL_SCOPES = Object.keys(SCOPES) as Scope[]

/** A program that calls the REST API with its token, as `curl` would: no cookies, no origin. */
export class Program {
  readonly #context: ApiContext
  readonly #secret: string | null
  constructor(context: ApiContext, secret: string | null) {
    this.#context = context
    this.#secret = secret
  }
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const sent = new Headers(headers)
    if (this.#secret !== null) sent.set('authorization', `Bearer ${this.#secret}`)
    if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json')
    const request = new Request(`${WEB}/api/v1${path}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await handle(request, this.#context)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }
  get = (path: string) => this.call('GET', path)
  post = (path: string, body: unknown, headers?: Record<string, string>) =>
    this.call('POST', path, body, headers)
}

export type Workshop = {
  dan: Someone
  alice: Someone
  general: Id
  made: CreatedToken
  bot: Program
  /** The same bot with another token. */
  withScopes(...scopes: Scope[]): Promise<Program>
  /** The path of a webhook into the channel. */
  webhook(name?: string): Promise<string>
}

/** A channel that alice is in, an administrator, and a bot of his that is in it too, with every scope. */
export async function openWorkshop(api: TestApi): Promise<Workshop> {
  const dan = await someone(api, 'dan', 'administrator')
  const alice = await someone(api, 'alice')
  const make = (bot: Id | { name: string }, scopes: Scope[]) =>
    perform(createToken, dan, { bot, name: 'builds', scopes, days: 30 }, api.deps)
  const made = await make({ name: 'Build bot' }, ALL_SCOPES)
  const general = await channelOf(api, 'general', [alice.id, made.bot.id])
  return {
    ...{ dan, alice, general, made },
    bot: new Program(api.context, made.secret),
    async withScopes(...scopes) {
      return new Program(api.context, (await make(made.bot.id, scopes)).secret)
    },
    async webhook(name = 'Deploys') {
      const { url } = await perform(createWebhook, dan, { conversation: general, name }, api.deps)
      return new URL(url).pathname
    },
  }
}

export async function channelOf({ deps }: Pick<TestApi, 'deps'>, name: string, people: Id[]): Promise<Id> {
  const id = deps.newId()
  await deps.db.sql`
    INSERT INTO conversations (id, kind, name, people, created_by, member_count)
    VALUES (${id}, 'public', ${name}, '{}', ${people[0]}, ${people.length})`
  await deps.db.sql`
    INSERT INTO memberships (conversation_id, person_id) SELECT ${id}, unnest(${people}::bigint[])`
  return id
}
