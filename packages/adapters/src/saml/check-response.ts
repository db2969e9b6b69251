import { CANONICAL, DIGEST_METHODS, ENVELOPED, NS, SIGNATURE_METHODS, SUCCESS } from './names.ts'
import { all, attribute, children, type Document, type Element, textOf } from './read-xml.ts'
import { refused } from './refused.ts'

export type Expected = {
  /** Our assertion consumer service, which the response must name. */
  acs: string
  /** Our entity id, which must be among its audiences. */
  audience: string
  entityId: string
  requestId: string
  now: Date
}

/**
 * What node-saml leaves open in the envelope (SAML Core §3.2.2, Bindings §3.5.5.2): status, destination, issuer, which
 * request it answers, that there is exactly one assertion, that nothing carries an id twice, and that every signature is
 * of a kind that nobody can forge and stands where only its parent is meant.
 * @throws ParleyError('wrong_credentials')
 */
export function checkResponse(document: Document, expected: Expected): void {
  const response = document.documentElement!
  if (response.namespaceURI !== NS.protocol || response.localName !== 'Response')
    throw refused('it is not a SAML response')
  if (attribute(response, 'Version') !== '2.0') throw refused('it is not SAML 2.0')
  const [status, ...more] = children(response, NS.protocol, 'Status')
  const code = status && children(status, NS.protocol, 'StatusCode')[0]
  if (!code || more.length > 0) throw refused('it has no status')
  if (attribute(code, 'Value') !== SUCCESS)
    throw refused(`the provider answered ${lastPart(attribute(code, 'Value'))}`)
  if (attribute(response, 'Destination') !== expected.acs) throw refused('it is meant for another address')
  if (attribute(response, 'InResponseTo') !== expected.requestId)
    throw refused('it answers no request of this browser')
  const elements = all(response)
  const issuers = children(response, NS.assertion, 'Issuer')
  if (issuers.some((issuer) => textOf(issuer) !== expected.entityId)) throw refused('its issuer is another')
  if (elements.some((one) => one.namespaceURI === NS.assertion && one.localName === 'EncryptedAssertion'))
    throw refused('its assertion is encrypted, which is not supported: switch encryption off at the provider')
  const assertions = elements.filter(
    (one) => one.namespaceURI === NS.assertion && one.localName === 'Assertion',
  )
  if (assertions.length !== 1 || assertions[0]!.parentNode !== response)
    throw refused('it does not hold exactly one assertion')
  checkIds(elements)
  checkSignatures(elements, response, assertions[0]!)
}

const lastPart = (urn: string | null) => (urn ?? 'nothing').split(':').at(-1)!.slice(0, 60)

/** A signature refers to what it signs by id: an id that is there twice is signed once. */
function checkIds(elements: Element[]): void {
  const seen = new Set<string>()
  for (const element of elements)
    for (const name of ['ID', 'Id', 'id']) {
      const id = attribute(element, name)
      if (id === null) continue
      if (seen.has(id)) throw refused('an id is used twice in it')
      seen.add(id)
    }
}

function checkSignatures(elements: Element[], response: Element, assertion: Element): void {
  const signatures = elements.filter(
    (one) => one.namespaceURI === NS.signature && one.localName === 'Signature',
  )
  if (!signatures.some((one) => one.parentNode === assertion)) throw refused('its assertion is not signed')
  for (const signature of signatures) {
    const parent = signature.parentNode
    if (parent !== response && parent !== assertion) throw refused('a signature stands where none belongs')
    checkSignature(signature, attribute(parent as Element, 'ID'))
  }
}

function checkSignature(signature: Element, parentId: string | null): void {
  const inside = all(signature)
  const algorithms = (name: string) =>
    inside.filter((one) => one.localName === name).map((one) => attribute(one, 'Algorithm') ?? '')
  const references = inside.filter((one) => one.localName === 'Reference')
  if (references.length !== 1 || !parentId || attribute(references[0]!, 'URI') !== `#${parentId}`)
    throw refused('a signature signs something else than what it stands in')
  if (!algorithms('SignatureMethod').every((one) => SIGNATURE_METHODS.has(one)))
    throw refused(
      'it is signed by a method that is not trusted any more: choose RSA with SHA-256 at the provider',
    )
  if (!algorithms('DigestMethod').every((one) => DIGEST_METHODS.has(one)))
    throw refused('its digest is by a method that is not trusted any more: choose SHA-256 at the provider')
  if (!algorithms('CanonicalizationMethod').every((one) => CANONICAL.has(one)))
    throw refused('it is canonicalised in an unknown way')
  if (!algorithms('Transform').every((one) => one === ENVELOPED || CANONICAL.has(one)))
    throw refused('its signature uses a transform that is not allowed')
}
