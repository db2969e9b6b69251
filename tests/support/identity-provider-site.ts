import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { base64, identityProvider } from '../../packages/adapters/test/saml/identity-provider.ts'

export type IdentityProviderSite = {
  /** What an administrator pastes into the console. */
  metadata: string
  /** What it says of whoever signs in there from now on; `twist` changes the finished response. */
  signsIn(who: { mail: string; name: string }, twist?: (xml: string) => string): void
  close(): Promise<void>
}

/** An identity provider with a site of its own, as another company runs it: it asks for a click and posts back. */
export async function identityProviderSite(): Promise<IdentityProviderSite> {
  let who = { mail: '', name: '' }
  let twist = (xml: string) => xml
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const asked = url.searchParams.get('SAMLRequest')
    if (!asked) return void response.writeHead(404).end()
    const xml = inflateRawSync(Buffer.from(asked, 'base64')).toString()
    const find = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? ''
    const acs = find(/AssertionConsumerServiceURL="([^"]+)"/)
    const answer = base64(
      twist(
        idp.respond({
          ...{ requestId: find(/ ID="([^"]+)"/), acs, audience: find(/Issuer[^>]*>([^<]+)</) },
          ...{ subject: who.mail, attributes: { mail: who.mail, displayName: who.name } },
        }),
      ),
    )
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<title>Example ID</title><form method="post" action="${acs}">
      <input type="hidden" name="SAMLResponse" value="${answer}"><button>Continue as ${who.name}</button></form>`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const idp = identityProvider(`http://localhost:${port}/metadata`)
  return {
    metadata: idp.metadata.replaceAll(idp.signOnUrl, `http://localhost:${port}/sso`),
    signsIn(someone, change = (xml) => xml) {
      who = someone
      twist = change
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
