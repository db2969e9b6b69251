import { perform } from '@parley/domain'
import { acceptInvitation } from '@parley/domain/accounts/accept-invitation'
import { invite } from '@parley/domain/accounts/invite'
import { leaveConversation, setForEveryone } from '@parley/domain/conversations/index'
import { setUp } from '@parley/domain/organisation/index'
import { sync } from '@parley/domain/sync/index'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

const visitor = { kind: 'anonymous', address: '192.0.2.9' } as const
const browser = { device: null, agent: 'curl/8' }
let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  try {
    expect(await world.lost()).toEqual([])
  } finally {
    await world.close()
  }
})

const begin = () =>
  perform(
    setUp,
    visitor,
    {
      organisation: 'Example',
      name: 'Olivia',
      email: 'olivia@example.org',
      password: 'seven grey herons wait',
      ...browser,
    },
    world.deps,
  )

async function newcomer(name: string): Promise<Id> {
  const { link } = await world.as(world.dan, invite, { email: `${name}@example.org`, role: 'member' })
  const { person } = await perform(
    acceptInvitation,
    visitor,
    { token: link!.split('/').at(-1), name, password: 'nine blue herons wait', ...browser },
    world.deps,
  )
  return person
}

async function conversationsOf(id: Id): Promise<string[]> {
  const actor = { ...world.alice, id }
  const names: string[] = []
  for await (const part of await perform(sync, actor, { person: 0, conversations: [] }, world.deps))
    names.push(...part.conversations.map((c) => c.conversation.name ?? ''))
  return names.sort()
}

test('who accepts an invitation is in the first channel, which its owner hears of', async () => {
  const { channel } = await begin()
  const person = await newcomer('frank')
  expect(await conversationsOf(person)).toEqual(['general'])
  expect(world.told(channel!).at(-1)).toMatchObject({
    ...{ type: 'members.changed', joined: [{ person, role: 'member' }], memberCount: 2 },
  })
  expect(world.toldTo({ ...world.alice, id: person })).toMatchObject([
    { type: 'membership.added', conversation: { id: channel }, membership: { role: 'member' } },
  ])
})

test('two who accept at the same moment are both in it', async () => {
  const { channel } = await begin()
  await Promise.all(['frank', 'grace'].map(newcomer))
  const [row] = await world.db.sql<{
    n: number
  }>`SELECT member_count AS n FROM conversations WHERE id = ${channel}`
  expect(row!.n).toBe(3)
})

test('dan adds a channel that is for everyone; who is here already stays as they are', async () => {
  await begin()
  const news = await world.channel('news')
  await world.as(world.dan, setForEveryone, { conversation: news, forEveryone: true })
  expect(await conversationsOf(world.bob.id)).toEqual([])
  const person = await newcomer('frank')
  expect(await conversationsOf(person)).toEqual(['general', 'news'])
  await world.as({ ...world.bob, id: person }, leaveConversation, { conversation: news })
  expect(await conversationsOf(person)).toEqual(['general'])
})

test('where an import has brought a public channel of that name, that one is it', async () => {
  await world.channel('general')
  const olivia = await begin()
  expect(olivia.channel).toBeNull()
  expect(await conversationsOf(olivia.person)).toEqual(['general'])
  expect(await conversationsOf(await newcomer('frank'))).toEqual(['general'])
})
