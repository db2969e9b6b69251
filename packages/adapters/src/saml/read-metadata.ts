import { X509Certificate } from 'node:crypto'
import type { SamlConfig } from '@parley/domain/ports'
import { ParleyError } from '@parley/protocol'
import { NS, REDIRECT } from './names.ts'
import { all, attribute, BadXml, children, type Element, readXml, textOf } from './read-xml.ts'

/** Federations publish metadata of thousands of providers in one file; of those we take none. */
const METADATA = { length: 1_000_000, elements: 2_000 }

const bad = (what: string) => new ParleyError('bad_input', what, { field: 'metadata' })

/**
 * One identity provider's metadata (SAML Metadata §2.4.3): its name, where it takes requests by redirect, and the
 * certificates that it may sign with.
 * @throws ParleyError('bad_input') with a sentence that says what is missing
 */
export async function readMetadata(
  xml: string,
): Promise<Pick<SamlConfig, 'entityId' | 'signOnUrl' | 'certificates'>> {
  const root = await parse(xml)
  const entities = all(root).filter(
    (one) => one.namespaceURI === NS.metadata && one.localName === 'EntityDescriptor',
  )
  if (entities.length === 0) throw bad('This is not SAML metadata: it describes no entity.')
  if (entities.length > 1)
    throw bad('This metadata describes several providers: paste that of one, from its EntityDescriptor on.')
  const entity = entities[0]!
  const entityId = attribute(entity, 'entityID')
  if (!entityId) throw bad('The metadata gives the provider no entityID.')
  const [idp] = children(entity, NS.metadata, 'IDPSSODescriptor')
  if (!idp)
    throw bad('This is the metadata of a service, not of an identity provider: it has no IDPSSODescriptor.')
  const signOn = children(idp, NS.metadata, 'SingleSignOnService').find(
    (one) => attribute(one, 'Binding') === REDIRECT,
  )
  const signOnUrl = signOn && attribute(signOn, 'Location')
  if (!signOnUrl) throw bad('The provider offers no sign-on by HTTP-Redirect.')
  if (!/^https?:$/.test(URL.parse(signOnUrl)?.protocol ?? ''))
    throw bad('The provider’s sign-on address is not a web address.')
  return { entityId, signOnUrl, certificates: certificatesOf(idp) }
}

async function parse(xml: string): Promise<Element> {
  try {
    return (await readXml(xml.trim(), METADATA)).documentElement!
  } catch (e) {
    if (e instanceof BadXml) throw bad(`The metadata cannot be read: ${e.message}.`)
    throw e
  }
}

function certificatesOf(idp: Element): string[] {
  const keys = children(idp, NS.metadata, 'KeyDescriptor').filter((key) =>
    [null, 'signing'].includes(attribute(key, 'use')),
  )
  const found = keys
    .flatMap(all)
    .filter((one) => one.namespaceURI === NS.signature && one.localName === 'X509Certificate')
    .map((one) => toPem(textOf(one)))
  if (found.length === 0) throw bad('The metadata holds no certificate to check signatures with.')
  return [...new Set(found)]
}

function toPem(base64: string): string {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString()
  } catch {
    throw bad('A certificate in the metadata cannot be read.')
  }
}
