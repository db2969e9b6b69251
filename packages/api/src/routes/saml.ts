import { perform } from '@parley/domain'
import { beginSignOn, ourMetadata, signOn } from '@parley/domain/identity/index'
import { Refusal } from '@parley/domain/refusal'
import type { SignOnReason } from '@parley/protocol'
import { readBody } from '../http/body.ts'
import type { Call } from '../http/call.ts'
import { setCookie } from '../http/cookies.ts'
import { open, type Route, route } from '../http/route.ts'
import { keepSession } from '../http/session-cookies.ts'
import { handOn } from './saml/hand-on.ts'

/** A response of the longest that is taken, in Base64 and percent-encoded. */
const FORM_BYTES = 600_000

/**
 * Signing in through an identity provider by SAML's web browser profile (SAML Profiles §4.1):
 * begin → the provider → acs → finish. The provider's post comes from its own site, so browsers leave our cookies out of
 * it: `acs` hands it on from a page of ours to `finish`, where the cookie shows which browser began.
 */
export const samlRoutes: Route[] = [
  route(
    { method: 'GET', path: '/api/saml/:provider/begin', refuse: async () => back('failed') },
    beginSignOn,
    {
      input: ({ params, url }) => ({ provider: params.provider, to: url.searchParams.get('to') ?? '/' }),
      answer({ url, request, seconds }, { cookies }) {
        const headers = new Headers({ location: url, 'cache-control': 'no-store' })
        headers.append('set-cookie', setCookie(cookies.names.signOn, request, seconds, cookies.names.secure))
        return new Response(null, { status: 303, headers })
      },
    },
  ),
  open(
    {
      method: 'POST',
      path: '/api/saml/:provider/acs',
      crossSite: 'identity providers post here from their own pages',
      refuse: async () => back('failed'),
    },
    'it performs nothing: it shows a page of ours that posts what came to /finish, where it is judged',
    async (request) => handOn(new URL(request.url).pathname, await formOf(request)),
  ),
  {
    method: 'POST',
    path: '/api/saml/:provider/finish',
    kind: 'act',
    act: signOn,
    refuse: async () => back('failed'),
    answer: finish,
  },
  route({ method: 'GET', path: '/api/saml/:provider/metadata' }, ourMetadata, {
    input: ({ params }) => ({ provider: params.provider }),
    answer: (xml) =>
      new Response(xml, {
        headers: { 'content-type': 'application/samlmetadata+xml', 'x-content-type-options': 'nosniff' },
      }),
  }),
]

async function finish({ request, params, cookies, agent, actor, context }: Call): Promise<Response> {
  const { SAMLResponse: response = '' } = await formOf(request)
  const input = {
    provider: params.provider,
    response,
    request: cookies.signOn,
    device: cookies.device,
    agent,
  }
  const result = await perform(signOn, actor, input, context.deps)
  if (result instanceof Refusal) return back(result.about.reason)
  const headers = new Headers({ location: result.to, 'cache-control': 'no-store' })
  keepSession(headers, cookies.names, result, context.deps.now())
  headers.append('set-cookie', setCookie(cookies.names.signOn, '', 0, cookies.names.secure))
  return new Response(null, { status: 303, headers })
}

/** To the sign-in page, which says what happened. */
const back = (reason: SignOnReason): Response =>
  new Response(null, {
    status: 303,
    headers: { location: `/sign-in?sso=${reason}`, 'cache-control': 'no-store' },
  })

/** What is no form holds nothing, and is refused for that. */
async function formOf(request: Request): Promise<Record<string, string | undefined>> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) return {}
  const body = new TextDecoder().decode(await readBody(request, FORM_BYTES))
  return Object.fromEntries(new URLSearchParams(body))
}
