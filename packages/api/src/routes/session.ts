import { acceptInvitation, signIn, signOut } from '@parley/domain/accounts/index'
import { setUp } from '@parley/domain/organisation/index'
import { refreshSession } from '@parley/domain/sessions/index'
import { ParleyError } from '@parley/protocol'
import { json } from '../http/answer.ts'
import { readJson } from '../http/body.ts'
import type { Call } from '../http/call.ts'
import { type Route, route } from '../http/route.ts'
import { forgetSession, keepSession } from '../http/session-cookies.ts'

/** Sign-in forms are small. */
const FORM_BYTES = 16_384

/** What the form says; device and agent come from the request itself, whatever the form says. */
const form = async ({ request, cookies, agent }: Call) => ({
  ...(await readJson(request, FORM_BYTES)),
  device: cookies.device,
  agent,
})

type Tokens = Parameters<typeof keepSession>[2]

/** Tokens go into cookies, where no script reads them; the body says whose session it is and until when. */
function started(tokens: Tokens, { cookies, context }: Call, more: object = {}): Response {
  const headers = new Headers()
  keepSession(headers, cookies.names, tokens, context.deps.now())
  const { person, session, accessExpiresAt, expiresAt } = tokens
  return json({ person, session, accessExpiresAt, expiresAt, ...more }, 200, headers)
}

const post = (path: string) => ({ method: 'POST', path }) as const

/** Beginning, renewing and ending a session: what sets cookies. */
export const sessionRoutes: Route[] = [
  route(post('/api/session/sign-in'), signIn, {
    input: form,
    answer: (result, call) => started(result, call),
  }),
  route(post('/api/session/set-up'), setUp, {
    input: form,
    answer: (result, call) =>
      started(result, call, { organisation: result.organisation, channel: result.channel }),
  }),
  route(post('/api/session/accept-invitation'), acceptInvitation, {
    input: form,
    answer: (result, call) => started(result, call),
  }),
  route(post('/api/session/refresh'), refreshSession, {
    input({ cookies }) {
      if (!cookies.refresh) throw new ParleyError('signed_out')
      return { refresh: cookies.refresh, device: cookies.device }
    },
    answer: (result, call) => started(result, call),
  }),
  route(post('/api/session/sign-out'), signOut, {
    input: ({ cookies }) => ({ refresh: cookies.refresh }),
    answer(_, { cookies }) {
      const headers = new Headers()
      forgetSession(headers, cookies.names)
      return json({ ok: true }, 200, headers)
    },
  }),
]
