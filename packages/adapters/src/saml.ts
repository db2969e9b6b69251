import { samlAddresses } from '@parley/domain/identity/saml-addresses'
import type { Addresses, Saml, SamlConfig } from '@parley/domain/ports'
import { type Id, isParleyError } from '@parley/protocol'
import { RESPONSE, SKEW_MS } from './saml/bounds.ts'
import { checkResponse, type Expected } from './saml/check-response.ts'
import { UNSPECIFIED_NAME } from './saml/names.ts'
import { readAssertion } from './saml/read-assertion.ts'
import { readMetadata } from './saml/read-metadata.ts'
import { BadXml, readXml } from './saml/read-xml.ts'
import { refused } from './saml/refused.ts'

/**
 * SAML 2.0 as a service provider, over node-saml. It verifies the signature; everything else that a response must be is
 * checked by us, the envelope before it and the assertion after it, on the XML that the signature covers.
 */
export function samlSso({ addresses, now }: { addresses: Addresses; now: () => Date }): Saml {
  async function provider(id: Id, config: SamlConfig) {
    const { SAML, ValidateInResponseTo } = await import('@node-saml/node-saml')
    const { acs, audience } = samlAddresses(addresses.web, id)
    let requestId = ''
    const saml = new SAML({
      ...{ callbackUrl: acs, issuer: audience, audience, idpIssuer: config.entityId },
      idpCert: config.certificates,
      entryPoint: config.signOnUrl,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      acceptedClockSkewMs: SKEW_MS,
      disableRequestedAuthnContext: true,
      identifierFormat: UNSPECIFIED_NAME,
      // The browser that asked brings the request's id with it, sealed: it is compared by us.
      validateInResponseTo: ValidateInResponseTo.never,
      generateUniqueId: () => {
        requestId = `_${crypto.randomUUID()}`
        return requestId
      },
    })
    return { saml, requestId: () => requestId }
  }

  return {
    parseMetadata: readMetadata,

    metadata(id) {
      const { acs, audience } = samlAddresses(addresses.web, id)
      return `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${audience}">
  <SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <NameIDFormat>${UNSPECIFIED_NAME}</NameIDFormat>
    <AssertionConsumerService index="1" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${acs}"/>
  </SPSSODescriptor>
</EntityDescriptor>
`
    },

    async requestUrl(id, config) {
      const { saml, requestId } = await provider(id, config)
      const url = await saml.getAuthorizeUrlAsync('', undefined, {})
      return { url, requestId: requestId() }
    },

    async verify(id, config, response, requestId) {
      const xml = decode(response)
      const { entityId } = config
      const expected: Expected = { ...samlAddresses(addresses.web, id), entityId, requestId, now: now() }
      try {
        checkResponse(await readXml(xml, RESPONSE), expected)
        const verified = await verifiedAssertion((await provider(id, config)).saml, response)
        const assertion = await readAssertion(verified, expected)
        const first = (name: string) => assertion.attributes[name]?.[0]?.trim() || null
        const asMail = /^[^\s@]+@[^\s@]+$/.test(assertion.subject) ? assertion.subject : null
        return {
          ...assertion,
          email: first(config.emailAttribute) ?? asMail,
          name: first(config.nameAttribute),
        }
      } catch (e) {
        if (e instanceof BadXml) throw refused(e.message)
        throw e
      }
    },
  }
}

function decode(response: string): string {
  if (response.length > RESPONSE.length * 1.4) throw refused('it is too long')
  if (!/^[A-Za-z0-9+/=\s]+$/.test(response)) throw refused('it is not Base64')
  return new TextDecoder('utf-8', { fatal: false }).decode(Buffer.from(response, 'base64'))
}

type Verifier = {
  validatePostResponseAsync(
    body: Record<string, string>,
  ): Promise<{ profile: { getAssertionXml?(): string } | null }>
}

/** The XML of the assertion that a certificate of the provider signed, as it was signed. */
async function verifiedAssertion(saml: Verifier, response: string): Promise<string> {
  let xml: string | undefined
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response })
    xml = profile?.getAssertionXml?.()
  } catch (e) {
    if (isParleyError(e)) throw e
    // node-saml throws plain errors whose sentences are for people who know SAML
    throw refused((e instanceof Error ? e.message : String(e)).replace(/\.$/, '').slice(0, 200))
  }
  if (!xml) throw refused('it holds no assertion that the provider signed')
  return xml
}
