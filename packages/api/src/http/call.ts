import type { Actor } from '@parley/domain'
import { authenticate } from '@parley/domain/sessions/authenticate'
import { ParleyError } from '@parley/protocol'
import { authenticateToken } from '../authenticate-token.ts'
import type { ApiContext } from '../context.ts'
import { clientAddress } from './address.ts'
import { type CookieNames, cookieNames, readCookies } from './cookies.ts'

/** One request, as routes see it. */
export type Call = {
  request: Request
  url: URL
  /** The named parts of the path. */
  params: Readonly<Record<string, string>>
  context: ApiContext
  actor: Actor
  cookies: { names: CookieNames } & Record<'access' | 'refresh' | 'device' | 'signOn', string | null>
  /** The User-Agent header, cut to what is kept of it. */
  agent: string
}

const AGENT_LENGTH = 1_000
const COOKIE_LENGTH = 200
/** Sealed, with the path to go to afterwards. */
const SIGN_ON_LENGTH = 4_000

export function ourCookies(headers: Headers, context: Pick<ApiContext, 'deps'>): Call['cookies'] {
  const names = cookieNames(context.deps.addresses)
  const all = readCookies(headers)
  const get = (name: string, most = COOKIE_LENGTH) => {
    const value = all.get(name)
    return value && value.length <= most ? value : null
  }
  const signOn = get(names.signOn, SIGN_ON_LENGTH)
  return { names, access: get(names.access), refresh: get(names.refresh), device: get(names.device), signOn }
}

/**
 * Who asks: by bearer token alone when there is one, else by the session's cookies.
 * @throws ParleyError('signed_out') for a bearer token that is nobody's
 */
export async function actorOf(request: Request, context: ApiContext): Promise<Actor> {
  const address = clientAddress(request, context)
  const bearer = bearerOf(request)
  if (bearer !== null) {
    const actor = await authenticateToken(context.deps, bearer, address)
    if (!actor) throw new ParleyError('signed_out', 'The token is unknown, expired or revoked.')
    return actor
  }
  const { access, device } = ourCookies(request.headers, context)
  const actor = access && (await authenticate(context.deps, { access, device, address }))
  return actor || { kind: 'anonymous', address }
}

export const bearerOf = (request: Request): string | null =>
  /^Bearer +(\S{1,500})$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null

export async function openCall(request: Request, params: Call['params'], context: ApiContext): Promise<Call> {
  return {
    ...{ request, params, context, url: new URL(request.url) },
    actor: await actorOf(request, context),
    cookies: ourCookies(request.headers, context),
    agent: (request.headers.get('user-agent') ?? '').slice(0, AGENT_LENGTH),
  }
}
