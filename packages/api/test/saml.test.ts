import { samlSso } from '@parley/adapters/saml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDeps } from '../../../tests/support/deps.ts'
import { testProbed } from '../../../tests/support/probed.ts'
import {
  base64,
  type IdentityProvider,
  identityProvider,
  type Said,
} from '../../adapters/test/saml/identity-provider.ts'
import { Browser, type TestApi, WEB } from './support/browser.ts'

let api: TestApi
let olivia: Browser
let idp: IdentityProvider
let provider: string
beforeEach(async () => {
  const addresses = { web: WEB, console: 'http://localhost:3001', realtime: [] }
  const world = await testDeps({ saml: samlSso({ addresses, now: () => new Date() }), addresses })
  api = {
    ...world,
    context: { deps: world.deps, trustedProxies: 0, peer: () => '192.0.2.1', probed: testProbed({}) },
  }
  olivia = new Browser(api.context)
  await olivia.post('/api/session/set-up', {
    ...{ organisation: 'E', name: 'Olivia', email: 'olivia@example.org', password: 'seven grey herons wait' },
  })
  idp = identityProvider()
  const read = await olivia.mutate('identity.readMetadata', { metadata: idp.metadata })
  const config = { ...read.body.result.data, emailAttribute: 'mail', nameAttribute: 'displayName' }
  const saved = await olivia.mutate('identity.saveProvider', {
    ...{ name: 'Example ID', domains: ['example.org'], role: 'member', config },
  })
  provider = saved.body.result.data.id
  await olivia.mutate('identity.setProviderEnabled', { provider, enabled: true })
})
afterEach(() => api.close())

/** As browsers do: the form is posted by our own page, with what came from the provider. */
async function post(browser: Browser, path: string, response: string, origin = WEB) {
  return browser.raw('POST', path, new URLSearchParams({ SAMLResponse: response }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    origin,
  })
}

async function begin(browser: Browser, to = '/c/7') {
  const begun = await browser.raw('GET', `/api/saml/${provider}/begin?to=${encodeURIComponent(to)}`)
  const sent = new URL(begun.headers.get('location')!)
  const { inflateRawSync } = await import('node:zlib')
  const request = inflateRawSync(Buffer.from(sent.searchParams.get('SAMLRequest')!, 'base64')).toString()
  return { sent, requestId: /ID="([^"]+)"/.exec(request)![1]! }
}

const answerTo = (requestId: string, more: Partial<Said> = {}) =>
  base64(
    idp.respond({
      requestId,
      acs: `${WEB}/api/saml/${provider}/acs`,
      audience: `${WEB}/api/saml/${provider}/metadata`,
      attributes: { mail: 'alice@example.org', displayName: 'Alice' },
      ...more,
    }),
  )

async function signOn(browser: Browser, more: Partial<Said> = {}, to?: string) {
  const { requestId } = await begin(browser, to)
  return post(browser, `/api/saml/${provider}/finish`, answerTo(requestId, more))
}
const people = async (email: string) => {
  const found = await olivia.query('people.list', { text: email })
  return found.body.result.data.people as { name: string; role: string; status: string }[]
}

test('alice, whom nobody has met, signs in through her provider and has an account from then on', async () => {
  const alice = new Browser(api.context)
  const { sent, requestId } = await begin(alice)
  expect(sent.href).toContain(idp.signOnUrl)
  const bounced = await post(alice, `/api/saml/${provider}/acs`, answerTo(requestId), 'https://idp.example')
  expect(bounced.text).toContain(`action="/api/saml/${provider}/finish"`)
  const done = await post(alice, `/api/saml/${provider}/finish`, answerTo(requestId))
  expect([done.status, done.headers.get('location')]).toEqual([303, '/c/7'])
  expect((await alice.query('people.me')).body.result.data).toMatchObject({ name: 'Alice', role: 'member' })
  const again = new Browser(api.context)
  await signOn(again)
  expect((await again.query('people.me')).body.result.data.name).toBe('Alice')
  expect(await people('alice@example.org')).toHaveLength(1)
  const log = await olivia.query('audit.list', {})
  const actions = log.body.result.data.items.map((event: { action: string }) => event.action)
  expect(actions).toContain('person.provisioned')
})

test('a name from a provider comes without what hides in it; one of nothing else gives way to the address', async () => {
  for (const [mail, displayName, name] of [
    ['avi@example.org', 'Avi\u200F Co\u00ADhen', 'Avi Cohen'],
    ['noa@example.org', '\u3164\u200E', 'noa'],
  ] as const) {
    await signOn(new Browser(api.context), { subject: mail, attributes: { mail, displayName } })
    expect(await people(mail)).toMatchObject([{ name }])
  }
})

test('the same response twice lets nobody in a second time', async () => {
  const alice = new Browser(api.context)
  const { requestId } = await begin(alice)
  const response = answerTo(requestId)
  const cookies = new Map(alice.cookies)
  await post(alice, `/api/saml/${provider}/finish`, response)
  const mallory = new Browser(api.context)
  for (const [name, value] of cookies) mallory.cookies.set(name, value)
  const replayed = await post(mallory, `/api/saml/${provider}/finish`, response)
  expect(replayed.headers.get('location')).toBe('/sign-in?sso=used')
  expect((await mallory.query('people.me')).status).toBe(401)
})

test('a response that this browser did not ask for, a tampered one and one for another service are refused', async () => {
  const mallory = new Browser(api.context)
  const unasked = await post(mallory, `/api/saml/${provider}/finish`, answerTo('_x'))
  expect(unasked.headers.get('location')).toBe('/sign-in?sso=expired')
  const alice = new Browser(api.context)
  const { requestId } = await begin(alice)
  await begin(mallory)
  const stolen = await post(mallory, `/api/saml/${provider}/finish`, answerTo(requestId))
  expect(stolen.headers.get('location')).toBe('/sign-in?sso=refused')
  expect((await signOn(mallory, { audience: 'https://other.example' })).headers.get('location')).toBe(
    '/sign-in?sso=refused',
  )
  const { requestId: mine } = await begin(mallory)
  const tampered = Buffer.from(answerTo(mine), 'base64')
    .toString()
    .replace('>alice@example.org</saml:NameID>', '>olivia@example.org</saml:NameID>')
  const answer = await post(mallory, `/api/saml/${provider}/finish`, base64(tampered))
  expect(answer.headers.get('location')).toBe('/sign-in?sso=refused')
  expect((await mallory.query('people.me')).status).toBe(401)
  const log = await olivia.query('audit.list', { filter: { actions: ['session.refused'] } })
  expect(log.body.result.data.items.length).toBe(4)
})

test('the response must be posted on by a page of ours', async () => {
  const alice = new Browser(api.context)
  const { requestId } = await begin(alice)
  const answer = await post(
    alice,
    `/api/saml/${provider}/finish`,
    answerTo(requestId),
    'https://evil.example',
  )
  expect(answer.headers.get('location')).toBe('/sign-in?sso=failed')
  expect((await alice.query('people.me')).status).toBe(401)
})

test('a provider speaks for its domains only, and never becomes an owner', async () => {
  const mallory = new Browser(api.context)
  for (const mail of ['olivia@example.org', 'someone@elsewhere.example', 'x@sub.example.org'])
    expect(
      (await signOn(mallory, { subject: '1', attributes: { mail } })).headers.get('location'),
      mail,
    ).toBe('/sign-in?sso=no_account')
  expect((await signOn(mallory, { subject: '2', attributes: {} })).headers.get('location')).toBe(
    '/sign-in?sso=no_account',
  )
})

test('bob, who was invited, is let in as himself; and no more once he is deactivated', async () => {
  await olivia.mutate('account.invite', { email: 'bob@example.org', name: 'Bob', role: 'member' })
  const bob = new Browser(api.context)
  await signOn(bob, { subject: 'b', attributes: { mail: 'Bob@Example.org' } })
  expect(await people('bob@example.org')).toMatchObject([{ name: 'Bob', status: 'active' }])
  const { id } = (await bob.query('people.me')).body.result.data
  await olivia.mutate('people.deactivate', { person: id })
  expect((await signOn(new Browser(api.context), { subject: 'b' })).headers.get('location')).toBe(
    '/sign-in?sso=deactivated',
  )
})

test('a whole office signs in through its provider within one minute', async () => {
  for (let i = 0; i < 15; i++) {
    const attributes = { mail: `p${i}@example.org` }
    const answer = await signOn(new Browser(api.context), { subject: `p${i}`, attributes })
    expect(answer.headers.get('location')).toBe('/c/7')
  }
})

test('after signing in nobody is led away from our pages', async () => {
  for (const to of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/api/session/sign-out',
  ])
    expect((await signOn(new Browser(api.context), {}, to)).headers.get('location'), to).toBe('/')
})

test('a provider that is switched off is not there', async () => {
  await olivia.mutate('identity.setProviderEnabled', { provider, enabled: false })
  const begun = await new Browser(api.context).raw('GET', `/api/saml/${provider}/begin?to=/`)
  expect(begun.headers.get('location')).toBe('/sign-in?sso=failed')
  expect((await new Browser(api.context).query('identity.signOnOptions')).body.result.data).toEqual([])
})

test('what came is shown to nobody as a page of ours', async () => {
  const mallory = new Browser(api.context)
  const page = await post(
    mallory,
    `/api/saml/${provider}/acs`,
    '"><script>alert(1)</script>',
    'https://evil.example',
  )
  expect(page.text).not.toContain('<script>alert')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('an administrator who puts their own certificate into a provider is not let in as who becomes an owner later', async () => {
  const bob = new Browser(api.context)
  await signOn(bob, { subject: 'b', attributes: { mail: 'bob@example.org' } })
  const { id } = (await bob.query('people.me')).body.result.data
  const mallory = new Browser(api.context)
  await signOn(mallory, { subject: 'm', attributes: { mail: 'mallory@example.org' } })
  const me = (await mallory.query('people.me')).body.result.data
  await olivia.mutate('people.changeRole', { person: me.id, role: 'administrator' })
  idp = identityProvider()
  const read = await mallory.mutate('identity.readMetadata', { metadata: idp.metadata })
  const config = { ...read.body.result.data, emailAttribute: 'mail', nameAttribute: 'displayName' }
  const changed = await mallory.mutate('identity.saveProvider', {
    ...{ provider, name: 'Example ID', domains: ['example.org'], role: 'member', config },
  })
  expect(changed.status).toBe(200)
  // bob has a password too, so that becoming an owner does not depend on the provider
  await api.db.sql`UPDATE people SET password_hash = 'x' WHERE id = ${id}`
  expect((await olivia.mutate('people.changeRole', { person: id, role: 'owner' })).status).toBe(200)
  const asBob = new Browser(api.context)
  expect((await signOn(asBob, { subject: 'b' })).headers.get('location')).toBe('/sign-in?sso=no_account')
  expect((await asBob.query('people.me')).status).toBe(401)
})

describe('owners who sign in through a provider', () => {
  let bob: { id: string }
  let dan: Browser
  beforeEach(async () => {
    bob = await become('bob', 'owner')
    dan = new Browser(api.context)
    await signOn(dan, { subject: 'dan', attributes: { mail: 'dan@example.org' } })
    await become('dan', 'administrator')
  })

  /** Signs in once, and is given the role by olivia. */
  async function become(name: string, role: string): Promise<{ id: string }> {
    const browser = new Browser(api.context)
    await signOn(browser, { subject: name, attributes: { mail: `${name}@example.org` } })
    const { id } = (await browser.query('people.me')).body.result.data
    await olivia.mutate('people.changeRole', { person: id, role })
    return { id }
  }
  const asBob = async () =>
    (await signOn(new Browser(api.context), { subject: 'bob' })).headers.get('location')
  async function saveAs(who: Browser, more: object = {}) {
    const read = await who.mutate('identity.readMetadata', { metadata: idp.metadata })
    const config = { ...read.body.result.data, emailAttribute: 'mail', nameAttribute: 'displayName' }
    return who.mutate('identity.saveProvider', {
      ...{ provider, name: 'Example ID', domains: ['example.org'], role: 'member', config, ...more },
    })
  }
  const listed = async (who: Browser) =>
    (await who.query('identity.listProviders')).body.result.data.find(
      (one: { id: string }) => one.id === provider,
    )

  test('are shut out by no administrator: saving, switching and removing it is for owners', async () => {
    const refused =
      'An owner signs in through Example ID: only an owner may change it, switch it on or off, or remove it.'
    for (const tried of [
      await saveAs(dan),
      await dan.mutate('identity.setProviderEnabled', { provider, enabled: false }),
      await dan.mutate('identity.setProviderEnabled', { provider, enabled: true }),
      await dan.mutate('identity.removeProvider', { provider }),
    ]) {
      expect(tried.status).toBe(403)
      expect(tried.body.error.data).toMatchObject({ code: 'not_allowed', message: refused })
    }
    expect(await asBob()).toBe('/c/7')
    expect(await listed(dan)).toMatchObject({ owners: 1, letsOwnersIn: true, mayChange: false })
    expect(await listed(olivia)).toMatchObject({ mayChange: true })
    expect((await saveAs(olivia)).status).toBe(200)
    expect(await asBob()).toBe('/c/7')
  })

  test('a provider that knows no owner stays the administrators’', async () => {
    await olivia.mutate('people.changeRole', { person: bob.id, role: 'member' })
    expect((await saveAs(dan)).status).toBe(200)
    expect(await listed(dan)).toMatchObject({ owners: 0, letsOwnersIn: false, mayChange: true })
    expect((await dan.mutate('identity.removeProvider', { provider })).status).toBe(200)
  })

  test('nobody becomes an owner who could not sign in as one: the provider is saved by an owner first', async () => {
    await olivia.mutate('people.changeRole', { person: bob.id, role: 'member' })
    await saveAs(dan)
    const tried = await olivia.mutate('people.changeRole', { person: bob.id, role: 'owner' })
    expect(tried.body.error.data).toMatchObject({
      code: 'conflict',
      message:
        'bob signs in through Example ID alone, and no owner was the last to save it: as an owner they could not sign in. Save it as an owner first.',
    })
    await saveAs(olivia)
    expect((await olivia.mutate('people.changeRole', { person: bob.id, role: 'owner' })).status).toBe(200)
    expect(await asBob()).toBe('/c/7')
  })

  test('whoever saved it last stays an owner until another owner saves it', async () => {
    const me = (await olivia.query('people.me')).body.result.data
    const inBobsHands = new Browser(api.context)
    await signOn(inBobsHands, { subject: 'bob' })
    const demote = () => inBobsHands.mutate('people.changeRole', { person: me.id, role: 'member' })
    const shutOut = () => inBobsHands.mutate('people.deactivate', { person: me.id })
    for (const tried of [await demote(), await shutOut()])
      expect(tried.body.error.data).toMatchObject({
        code: 'conflict',
        message:
          'bob is an owner and signs in through Example ID alone, which Olivia was the last to save. Save it as an owner first.',
      })
    expect((await saveAs(inBobsHands)).status).toBe(200)
    expect((await shutOut()).status).toBe(200)
    expect(await asBob()).toBe('/c/7')
  })

  test('the only way in that owners have is neither switched off nor removed', async () => {
    await api.db.sql`UPDATE people SET password_hash = NULL WHERE role = 'owner'`
    for (const tried of [
      await olivia.mutate('identity.setProviderEnabled', { provider, enabled: false }),
      await olivia.mutate('identity.removeProvider', { provider }),
    ])
      expect(tried.body.error.data).toMatchObject({
        code: 'conflict',
        message:
          'No owner could sign in any more: Example ID is the only way in that they have. Make somebody with a password an owner first.',
      })
    await api.db.sql`UPDATE people SET password_hash = 'x' WHERE name = 'Olivia'`
    expect((await olivia.mutate('identity.removeProvider', { provider })).status).toBe(200)
  })
})
