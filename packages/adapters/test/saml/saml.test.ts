import { samlSso } from '@parley/adapters/saml'
import { readXml } from '@parley/adapters/saml/read-xml'
import { samlAddresses } from '@parley/domain/identity/saml-addresses'
import type { SamlConfig } from '@parley/domain/ports'
import { beforeAll, describe, expect, test } from 'vitest'
import { base64, type IdentityProvider, identityProvider, type Said } from './identity-provider.ts'

const WEB = 'https://parley.example'
const saml = samlSso({ addresses: { web: WEB, console: WEB, realtime: [] }, now: () => new Date() })
const { acs, audience } = samlAddresses(WEB, '7')

let idp: IdentityProvider
let config: SamlConfig
beforeAll(async () => {
  idp = identityProvider()
  config = {
    ...(await saml.parseMetadata(idp.metadata)),
    emailAttribute: 'mail',
    nameAttribute: 'displayName',
  }
})

const asked = async () => (await saml.requestUrl('7', config)).requestId
/** What the provider of alice would answer, with whatever is wrong in it. */
async function answer(wrong: Partial<Said> = {}, change = (xml: string) => xml) {
  const requestId = await asked()
  const said = {
    requestId,
    acs,
    audience,
    attributes: { mail: 'alice@example.org', displayName: 'Alice' },
    ...wrong,
  }
  return { requestId, response: base64(change(idp.respond(said))) }
}
const verified = async (wrong?: Partial<Said>, change?: (xml: string) => string) => {
  const { requestId, response } = await answer(wrong, change)
  return saml.verify('7', config, response, requestId)
}

test('a provider’s metadata says where it is and what it signs with', async () => {
  expect(config).toMatchObject({ entityId: idp.entityId, signOnUrl: idp.signOnUrl })
  expect(config.certificates).toHaveLength(1)
})

test('metadata that is something else is refused with what to do', async () => {
  for (const [xml, says] of [
    ['', 'not well-formed'],
    ['<a/>', 'describes no entity'],
    [saml.metadata('7'), 'metadata of a service'],
    [`<!DOCTYPE x [<!ENTITY a "b">]>${idp.metadata}`, 'document type'],
    [idp.metadata.replace('HTTP-Redirect', 'HTTP-POST'), 'no sign-on by HTTP-Redirect'],
    [idp.metadata.replace(/<X509Certificate>.{40}/, '<X509Certificate>'), 'certificate in the metadata'],
    [idp.metadata.replace('https://idp.example/sso', 'javascript:alert(1)'), 'not a web address'],
    ['x'.repeat(1_000_001), 'longer than'],
  ] as const)
    await expect(saml.parseMetadata(xml), says).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(says),
    })
})

test('our metadata names where responses go', () => {
  expect(saml.metadata('7')).toContain(`Location="${acs}"`)
  expect(saml.metadata('7')).toContain(`entityID="${audience}"`)
})

test('alice is who the signed assertion says', async () => {
  expect(await verified()).toMatchObject({
    subject: 'alice@example.org',
    email: 'alice@example.org',
    name: 'Alice',
    attributes: { mail: ['alice@example.org'] },
  })
})

test('a provider that signs the response and the assertion, or names people by a number, is understood', async () => {
  expect(await verified({ subject: '4711', attributes: {} })).toMatchObject({
    subject: '4711',
    email: null,
    name: null,
  })
})

describe('refused', () => {
  const cases: [string, Partial<Said>, ((xml: string) => string)?][] = [
    ['a response that nobody signed', { sign: 'nothing' }],
    ['a signature over the envelope alone', { sign: 'response' }],
    [
      'a changed name',
      {},
      (xml) => xml.replace('>alice@example.org</saml:NameID>', '>mallory@example.org</saml:NameID>'),
    ],
    ['a changed attribute', {}, (xml) => xml.replace('>Alice<', '>Mallory<')],
    ['a response for another service', { audience: 'https://other.example' }],
    ['a response for another address', { destination: 'https://other.example/acs' }],
    ['a confirmation for another address', { recipient: 'https://other.example/acs' }],
    ['a response that nobody asked for', { inResponseTo: '_other', confirmedFor: '_other' }],
    ['an assertion made for another request in an envelope for this one', { confirmedFor: '_other' }],
    ['another issuer', { entityId: 'https://evil.example' }],
    ['one that is over', { notOnOrAfter: -120_000 }],
    ['one that is not valid yet', { notBefore: 120_000 }],
    [
      'a confirmation that is not a bearer’s',
      { confirmation: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' },
    ],
    ['a provider that says no', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }],
    ['SHA-1', { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }],
    ['a SHA-1 digest', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }],
    [
      'a comment that cuts a name in two',
      {},
      (xml) => xml.replace('alice@example.org</saml:NameID>', 'alice@example.org<!---->.evil</saml:NameID>'),
    ],
    ['a document type', {}, (xml) => `<!DOCTYPE r [<!ENTITY x "y">]>${xml}`],
    [
      'a second assertion beside the signed one',
      {},
      (xml) =>
        xml.replace(
          '</samlp:Response>',
          `${/<saml:Assertion.*<\/saml:Assertion>/
            .exec(xml)![0]
            .replace(/ID="[^"]+"/, 'ID="_evil"')
            .replace(/<Signature.*<\/Signature>/, '')}</samlp:Response>`,
        ),
    ],
    ['the signed assertion wrapped into another', {}, wrap],
    ['what is no XML', {}, () => 'hello'],
    [
      'what is endless',
      {},
      (xml) => xml.replace('</samlp:Response>', `${' '.repeat(300_000)}</samlp:Response>`),
    ],
  ]
  for (const [name, wrong, change] of cases)
    test(name, async () => {
      await expect(verified(wrong, change)).rejects.toMatchObject({ code: 'wrong_credentials' })
    })

  test('a response that another provider signed', async () => {
    const other = identityProvider()
    const requestId = await asked()
    const response = base64(other.respond({ requestId, acs, audience }))
    await expect(saml.verify('7', config, response, requestId)).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })

  test('the response to another browser’s request', async () => {
    const { response } = await answer()
    await expect(saml.verify('7', config, response, await asked())).rejects.toMatchObject({
      message: expect.stringContaining('no request of this browser'),
    })
  })

  test('a response to another of our providers', async () => {
    const { requestId, response } = await answer()
    await expect(saml.verify('8', config, response, requestId)).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })
})

/** XML signature wrapping: the signed assertion is hidden inside one that says something else. */
function wrap(xml: string): string {
  const signed = /<saml:Assertion.*<\/saml:Assertion>/.exec(xml)![0]
  const evil = signed
    .replace(/ID="[^"]+"/, 'ID="_evil"')
    .replace(/<Signature.*<\/Signature>/, '')
    .replace('alice@example.org</saml:NameID>', 'mallory@example.org</saml:NameID>')
    .replace('</saml:Assertion>', `<saml:Advice>${signed}</saml:Advice></saml:Assertion>`)
  return xml.replace(signed, evil)
}

test('a response that is made to keep us busy is refused before anything in it is looked at', async () => {
  const many = (count: number, one: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => one(i)).join('')
  const inAssertion = (more: string) => (xml: string) =>
    xml.replace('</saml:Assertion>', `${more}</saml:Assertion>`)
  const bombs = [
    [inAssertion(many(20_000, () => '<a b="c"/>')), 'more than 600 elements'],
    [() => `<r>${many(5_000, (i) => `<b xmlns:n${i}="u${i}">`)}</r>`, 'more than 600 elements'],
    [inAssertion(many(500, () => '<b xmlns:a="u" xmlns:b="u" xmlns:c="u"/>')), 'too many namespaces'],
    [inAssertion(`<b ${many(9_000, (i) => `a${i}="" `)}/>`), 'too many attributes'],
  ] as const
  const began = performance.now()
  for (const [change, says] of bombs)
    await expect(verified({}, change), says).rejects.toMatchObject({
      code: 'wrong_credentials',
      message: expect.stringContaining(says),
    })
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('alice is let in with as many groups as people have', async () => {
  const groups = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`group-${i}`, `Group ${i}`]))
  const attributes = { mail: 'alice@example.org', displayName: 'Alice', ...groups }
  expect(await verified({ attributes })).toMatchObject({ email: 'alice@example.org', name: 'Alice' })
})

test('a provider that declares two namespaces on every value is read', async () => {
  const value =
    '<v xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">g</v>'
  const read = await readXml(`<r>${value.repeat(500)}</r>`, { length: 262_144, elements: 600 })
  expect(read.documentElement!.childNodes).toHaveLength(500)
})
