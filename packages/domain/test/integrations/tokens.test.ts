import { perform } from '@parley/domain'
import { createChannel } from '@parley/domain/conversations/index'
import {
  authenticateToken,
  createBot,
  createToken,
  listBots,
  listTokens,
  revokeToken,
  tokenChoices,
  webhookPlaces,
} from '@parley/domain/integrations/index'
import { hintOf, isSecret, newSecret } from '@parley/domain/integrations/secret'
import { changeRole, deactivate, reactivate } from '@parley/domain/people/index'
import { changeSettings } from '@parley/domain/settings/index'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

const DAY = 86_400_000
let world: TestDeps
let dan: Someone
beforeEach(async () => {
  world = await testDeps()
  dan = await someone(world, 'dan', 'administrator')
})
afterEach(() => world.close())

const make = (more: object = {}, who = dan) =>
  perform(
    createToken,
    who,
    { bot: { name: 'Build bot' }, name: 'builds', scopes: ['messages:write'], days: 30, ...more },
    world.deps,
  )
const whoIs = (secret: string) => authenticateToken(world.deps, secret, '192.0.2.7')
const tokens = async (input: object = {}) => (await perform(listTokens, dan, input, world.deps)).items

describe('a secret', () => {
  test('begins with what scanners look for and ends with a checksum over the rest', () => {
    const secret = newSecret()
    expect(secret).toMatch(/^parley_[0-9A-Za-z]{49}$/)
    expect(isSecret(secret)).toBe(true)
    expect(hintOf(secret)).toBe(secret.slice(-4))
    const other = secret[20] === 'a' ? 'b' : 'a'
    expect(isSecret(secret.slice(0, 20) + other + secret.slice(21))).toBe(false)
    expect(isSecret(secret.slice(0, -1))).toBe(false)
    expect(isSecret(`${secret} `)).toBe(false)
  })

  test('is never the same twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, newSecret)).size).toBe(1_000)
  })
})

describe('making', () => {
  test('dan makes a bot and its token in one go; the secret is his to see once', async () => {
    const made = await make({ scopes: ['messages:write', 'messages:read', 'messages:write'] })
    expect(made).toMatchObject({
      ...{ madeBot: true, scopes: ['messages:read', 'messages:write'] },
      expiresAt: world.deps.now().getTime() + 30 * DAY,
    })
    expect(await whoIs(made.secret)).toEqual({
      ...{ kind: 'token', id: made.bot.id, name: 'Build bot', token: made.id, address: '192.0.2.7' },
      scopes: ['messages:read', 'messages:write'],
    })
    const stored = JSON.stringify(await world.db.sql`SELECT * FROM api_tokens`)
    expect(stored).not.toContain(made.secret.slice(7, 50))
    expect(await auditLog(world)).toMatchObject([
      { action: 'bot.created', entity_name: 'Build bot', actor_name: 'dan' },
      { action: 'token.created', entity_name: 'builds', after: { botName: 'Build bot', hint: made.hint } },
    ])
    expect(JSON.stringify(await auditLog(world))).not.toContain(made.secret)
  })

  test('a token must expire, within what the organisation allows', async () => {
    await expect(make({ days: 91 })).rejects.toMatchObject({ code: 'bad_input', field: 'days' })
    await expect(make({ days: 0 })).rejects.toMatchObject({ code: 'bad_input', field: 'days' })
    await expect(make({ days: undefined })).rejects.toMatchObject({ code: 'bad_input', field: 'days' })
    const changes = [{ key: 'tokens.maximumDays' as const, value: 365, was: 90 }]
    await perform(changeSettings, dan, { changes }, world.deps)
    expect((await make({ days: 365 })).expiresAt).toBe(world.deps.now().getTime() + 365 * DAY)
  })

  test('a token has a scope, and only scopes that there are', async () => {
    await expect(make({ scopes: [] })).rejects.toMatchObject({ code: 'bad_input', field: 'scopes' })
    await expect(make({ scopes: ['everything'] })).rejects.toMatchObject({ code: 'bad_input' })
    expect(await perform(listBots, dan, {}, world.deps)).toEqual({ items: [], next: null })
  })

  test('only who manages tokens makes them; erin looks, mallory does not', async () => {
    const erin = await someone(world, 'erin', 'auditor')
    const mallory = await someone(world, 'mallory')
    for (const who of [erin, mallory])
      await expect(make({}, who)).rejects.toMatchObject({ code: 'not_allowed' })
    await make()
    expect((await perform(listTokens, erin, {}, world.deps)).items).toHaveLength(1)
    await expect(perform(listTokens, mallory, {}, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
  })

  test('a token is for a bot, never for a person', async () => {
    const alice = await someone(world, 'alice')
    await expect(make({ bot: alice.id })).rejects.toMatchObject({ code: 'not_found' })
    await perform(createBot, dan, { name: 'Build bot' }, world.deps)
    await expect(make()).rejects.toMatchObject({ code: 'conflict', field: 'name' })
  })
})

describe('a token is worth nothing', () => {
  test('once it is revoked', async () => {
    const { id, secret } = await make()
    await perform(revokeToken, dan, { token: id }, world.deps)
    expect(await whoIs(secret)).toBeNull()
    await expect(perform(revokeToken, dan, { token: id }, world.deps)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await auditLog(world, 'token.revoked')).length).toBe(1)
  })

  test('once it has expired, to the moment', async () => {
    const { secret } = await make({ days: 1 })
    world.clock.advance(DAY - 1)
    expect(await whoIs(secret)).not.toBeNull()
    world.clock.advance(1)
    expect(await whoIs(secret)).toBeNull()
    expect(await tokens()).toMatchObject([{ state: 'expired' }])
    expect(await tokens({ live: true })).toEqual([])
  })

  test('once its bot or whoever made it is deactivated, also when they come back', async () => {
    const olivia = await someone(world, 'olivia', 'owner')
    const { bot, secret } = await make()
    const other = await make({ bot: bot.id }, olivia)
    await perform(deactivate, olivia, { person: dan.id }, world.deps)
    expect(await whoIs(secret)).toBeNull()
    expect(await whoIs(other.secret)).not.toBeNull()
    await perform(deactivate, olivia, { person: bot.id }, world.deps)
    expect(await whoIs(other.secret)).toBeNull()
    for (const person of [dan.id, bot.id]) await perform(reactivate, olivia, { person }, world.deps)
    for (const each of [secret, other.secret]) expect(await whoIs(each)).toBeNull()
  })

  test('once whoever made it administers no longer: they have seen it', async () => {
    const olivia = await someone(world, 'olivia', 'owner')
    const { id, bot, secret } = await make()
    const hers = await make({ bot: bot.id }, olivia)
    const role = (to: 'auditor' | 'administrator') =>
      perform(changeRole, olivia, { person: dan.id, role: to }, world.deps)
    await role('auditor')
    expect(await whoIs(secret)).toBeNull()
    expect(await whoIs(hers.secret)).not.toBeNull()
    await role('administrator')
    expect(await whoIs(secret)).toBeNull()
    expect(await auditLog(world, 'person.role_changed')).toMatchObject([
      { after: { role: 'auditor', tokens: [id], webhooks: [], invitations: [] } },
      { after: { role: 'administrator' } },
    ])
  })

  test('when it was never one, and whoever tries many must wait', async () => {
    const { secret } = await make()
    for (const wrong of ['', 'parley_x', newSecret()]) expect(await whoIs(wrong)).toBeNull()
    for (let i = 3; i < 30; i++) expect(await whoIs(newSecret())).toBeNull()
    await expect(whoIs(newSecret())).rejects.toMatchObject({
      code: 'too_many',
      retryAfter: expect.any(Number),
    })
    expect(await whoIs(secret)).not.toBeNull()
    expect(await authenticateToken(world.deps, newSecret(), '192.0.2.8')).toBeNull()
  })
})

describe('looking', () => {
  test('a form learns what there is to choose', async () => {
    const choices = await perform(tokenChoices, dan, {}, world.deps)
    expect(choices.maximumDays).toBe(90)
    expect(choices.scopes).toContainEqual({
      name: 'messages:write',
      says: 'Post, edit, delete and react as the bot',
    })
  })

  test('webhooks may be made into public channels, and into private ones that dan is in', async () => {
    const alice = await someone(world, 'alice')
    const create = (who: Someone, name: string, kind: 'public' | 'private') =>
      perform(createChannel, who, { name, kind }, world.deps)
    await create(alice, 'town', 'public')
    await create(alice, 'hers', 'private')
    await create(dan, 'his', 'private')
    const names = async (text?: string) =>
      (await perform(webhookPlaces, dan, { ...(text && { text }) }, world.deps)).map((place) => place.name)
    expect(await names()).toEqual(['his', 'town'])
    expect(await names('#TO')).toEqual(['town'])
    await expect(perform(webhookPlaces, alice, {}, world.deps)).rejects.toMatchObject({ code: 'not_allowed' })
  })

  test('when a token was last used is known to the minute, and costs no more writes', async () => {
    const { secret } = await make()
    expect(await tokens()).toMatchObject([{ lastUsedAt: null }])
    const first = world.deps.now().getTime()
    for (const ms of [0, 30_000, 29_999]) {
      world.clock.advance(ms)
      await whoIs(secret)
      expect(await tokens()).toMatchObject([{ lastUsedAt: first }])
    }
    world.clock.advance(1)
    await whoIs(secret)
    expect(await tokens()).toMatchObject([{ lastUsedAt: first + 60_000 }])
  })

  test('tokens are found by name, bot and last characters, page by page', async () => {
    const { bot, hint } = await make()
    for (const name of ['deploys', 'alarms']) await make({ bot: bot.id, name })
    await make({ bot: { name: 'Weather' }, name: 'forecast' })
    const names = async (input: object) => (await tokens(input)).map((token) => token.name)
    expect(await names({})).toEqual(['forecast', 'alarms', 'deploys', 'builds'])
    expect(await names({ text: 'weath' })).toEqual(['forecast'])
    expect(await names({ bot: bot.id, text: 'a' })).toContain('alarms')
    expect(await names({ text: hint })).toContain('builds')
    const first = await perform(listTokens, dan, { limit: 3 }, world.deps)
    const rest = await perform(listTokens, dan, { limit: 3, cursor: first.next! }, world.deps)
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, null])
    await expect(perform(listTokens, dan, { cursor: 'x' }, world.deps)).rejects.toMatchObject({
      field: 'cursor',
    })
  })

  test('bots show what they have: live tokens, and when one was last used', async () => {
    const { bot, id, secret } = await make()
    await make({ bot: bot.id })
    await whoIs(secret)
    await perform(revokeToken, dan, { token: id }, world.deps)
    expect((await perform(listBots, dan, { text: 'BUILD' }, world.deps)).items).toMatchObject([
      {
        id: bot.id,
        active: true,
        tokens: 1,
        webhooks: 0,
        conversations: 0,
        lastUsedAt: world.deps.now().getTime(),
      },
    ])
  })
})
