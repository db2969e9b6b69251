import type { Assertion } from '@parley/domain/ports'
import { RESPONSE, SKEW_MS } from './bounds.ts'
import type { Expected } from './check-response.ts'
import { BEARER, NS } from './names.ts'
import { attribute, children, type Element, readXml, textOf } from './read-xml.ts'
import { refused } from './refused.ts'

/** An assertion that is good for longer is not taken for longer. */
const LONGEST_MS = 3_600_000
const ATTRIBUTES = 100
const VALUES = 200

/**
 * Reads who somebody is from the XML that the signature covers, and from nothing else (SAML Core §2.3–2.7, Profiles
 * §4.1.4.2 and 4.1.4.3).
 * @throws ParleyError('wrong_credentials')
 */
export async function readAssertion(
  verifiedXml: string,
  expected: Expected,
): Promise<Omit<Assertion, 'email' | 'name'>> {
  const assertion = (await readXml(verifiedXml, RESPONSE)).documentElement!
  if (assertion.namespaceURI !== NS.assertion || assertion.localName !== 'Assertion')
    throw refused('what is signed is not an assertion')
  const id = attribute(assertion, 'ID')
  if (!id) throw refused('its assertion has no id')
  if (textOf(only(assertion, 'Issuer')) !== expected.entityId)
    throw refused('its assertion’s issuer is another')
  const subject = only(assertion, 'Subject')
  const name = textOf(only(subject, 'NameID'))
  if (name === '' || name.length > 500) throw refused('its subject has no name')
  const until = Math.min(
    checkConditions(only(assertion, 'Conditions'), expected),
    confirmedUntil(subject, expected),
  )
  const [statement] = children(assertion, NS.assertion, 'AuthnStatement')
  if (!statement) throw refused('it does not say that anybody signed in')
  const session = attribute(statement, 'SessionNotOnOrAfter')
  if (session !== null && moment(session) + SKEW_MS <= expected.now.getTime())
    throw refused('the session at the provider is over')
  return {
    assertionId: id,
    expiresAt: new Date(until + SKEW_MS),
    subject: name,
    attributes: attributesOf(assertion),
  }
}

function only(parent: Element, name: string): Element {
  const [element, ...more] = children(parent, NS.assertion, name)
  if (!element || more.length > 0) throw refused(`it must hold exactly one ${name}`)
  return element
}

/** Unix milliseconds. */
function moment(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at) || !/Z$/.test(text)) throw refused('a time in it is not a time in UTC')
  return at
}

function checkConditions(conditions: Element, { audience, now }: Expected): number {
  const from = attribute(conditions, 'NotBefore')
  const until = attribute(conditions, 'NotOnOrAfter')
  if (until === null) throw refused('it is good for ever')
  if (from !== null && moment(from) - SKEW_MS > now.getTime()) throw refused('it is not valid yet')
  if (moment(until) + SKEW_MS <= now.getTime()) throw refused('it is not valid any more')
  const restrictions = children(conditions, NS.assertion, 'AudienceRestriction')
  const named = (restriction: Element) =>
    children(restriction, NS.assertion, 'Audience').some((one) => textOf(one) === audience)
  if (restrictions.length === 0 || !restrictions.every(named))
    throw refused('it is meant for another audience')
  return moment(until)
}

/** Some confirmation must be a bearer's, for us, for this request, and not over. */
function confirmedUntil(subject: Element, { acs, requestId, now }: Expected): number {
  for (const confirmation of children(subject, NS.assertion, 'SubjectConfirmation')) {
    if (attribute(confirmation, 'Method') !== BEARER) continue
    const [data] = children(confirmation, NS.assertion, 'SubjectConfirmationData')
    if (!data || attribute(data, 'Recipient') !== acs || attribute(data, 'InResponseTo') !== requestId)
      continue
    const until = attribute(data, 'NotOnOrAfter')
    if (until === null || attribute(data, 'NotBefore') !== null) continue
    if (moment(until) + SKEW_MS <= now.getTime()) continue
    return Math.min(moment(until), now.getTime() + LONGEST_MS)
  }
  throw refused('nothing confirms that its subject is whoever brings it')
}

function attributesOf(assertion: Element): Record<string, string[]> {
  const found: Record<string, string[]> = Object.create(null)
  const given = children(assertion, NS.assertion, 'AttributeStatement')
    .flatMap((statement) => children(statement, NS.assertion, 'Attribute'))
    .slice(0, ATTRIBUTES)
  for (const one of given) {
    const name = attribute(one, 'Name')
    if (name === null) continue
    const values = children(one, NS.assertion, 'AttributeValue')
      .slice(0, VALUES)
      .map((value) => textOf(value))
    found[name] = [...(found[name] ?? []), ...values]
  }
  return found
}
