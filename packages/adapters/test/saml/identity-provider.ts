import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

// node-saml's own copy: only it is known to be there.
const require = createRequire(import.meta.resolve('@node-saml/node-saml'))
const { SignedXml } = require('xml-crypto') as typeof import('xml-crypto')

/** What one response says; every field can be made wrong. Times in milliseconds from now. */
export type Said = {
  requestId: string
  acs: string
  audience: string
  entityId?: string
  subject?: string
  attributes?: Record<string, string>
  status?: string
  destination?: string
  recipient?: string
  confirmation?: string
  inResponseTo?: string
  confirmedFor?: string
  notBefore?: number
  notOnOrAfter?: number
  assertionId?: string
  sign?: 'assertion' | 'response' | 'nothing'
  signature?: string
  digest?: string
}

export type IdentityProvider = {
  entityId: string
  signOnUrl: string
  metadata: string
  certificate: string
  /** The XML of a response, signed as told. */
  respond(said: Said): string
}

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** An identity provider of the tests' own: a key pair, metadata, and responses signed with it. */
export function identityProvider(entityId = 'https://idp.example/metadata'): IdentityProvider {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-idp-'))
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')]
  const args = `req -x509 -newkey rsa:2048 -nodes -keyout ${key} -out ${cert} -days 2 -subj /CN=idp`
  execFileSync('openssl', args.split(' '), { stdio: 'ignore' })
  const [privateKey, certificate] = [readFileSync(key, 'utf8'), readFileSync(cert, 'utf8')]
  rmSync(dir, { recursive: true })
  const signOnUrl = 'https://idp.example/sso'
  const bare = certificate.replace(/-----[^-]+-----|\s/g, '')
  const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${bare}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${signOnUrl}"/></IDPSSODescriptor></EntityDescriptor>`

  function signed(xml: string, what: 'Assertion' | 'Response', said: Said): string {
    const signer = new SignedXml({
      privateKey,
      signatureAlgorithm: said.signature ?? RSA_SHA256,
      canonicalizationAlgorithm: EXCLUSIVE,
    })
    const xpath = `//*[local-name(.)='${what}']`
    signer.addReference({
      xpath,
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
      digestAlgorithm: said.digest ?? SHA256,
    })
    signer.computeSignature(xml, {
      location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
    })
    return signer.getSignedXml()
  }

  return {
    ...{ entityId, signOnUrl, metadata, certificate },
    respond(said) {
      const xml = unsigned({ entityId, ...said })
      if (said.sign === 'nothing') return xml
      return signed(xml, said.sign === 'response' ? 'Response' : 'Assertion', said)
    },
  }
}

function unsigned(said: Said & { entityId: string }): string {
  const iso = (fromNow: number) => new Date(Date.now() + fromNow).toISOString()
  const id = said.assertionId ?? `_${randomUUID()}`
  const until = iso(said.notOnOrAfter ?? 60_000)
  const attributes = Object.entries(said.attributes ?? {})
    .map(
      ([name, value]) =>
        `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
    )
    .join('')
  const assertion = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${iso(0)}"><saml:Issuer>${said.entityId}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${said.subject ?? 'alice@example.org'}</saml:NameID><saml:SubjectConfirmation Method="${said.confirmation ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'}"><saml:SubjectConfirmationData InResponseTo="${said.confirmedFor ?? said.requestId}" NotOnOrAfter="${until}" Recipient="${said.recipient ?? said.acs}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${iso(said.notBefore ?? -1_000)}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${iso(0)}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${randomUUID()}" Version="2.0" IssueInstant="${iso(0)}" InResponseTo="${said.inResponseTo ?? said.requestId}" Destination="${said.destination ?? said.acs}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${said.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${said.status ?? 'urn:oasis:names:tc:SAML:2.0:status:Success'}"/></samlp:Status>${assertion}</samlp:Response>`
}

export const base64 = (xml: string) => Buffer.from(xml).toString('base64')
