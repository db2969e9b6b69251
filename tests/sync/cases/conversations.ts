import { acceptInvitation, invite } from '@parley/domain/accounts/index'
import {
  addOwner,
  archiveAnyChannel,
  archiveChannel,
  changeChannel,
  createChannel,
  inviteToConversation,
  joinChannel,
  leaveConversation,
  openDirect,
  removeFromChannel,
  renameAnyChannel,
  setForEveryone,
  setMemberRole,
  setMine,
} from '@parley/domain/conversations/index'
import { createWebhook } from '@parley/domain/integrations/create-webhook'
import type { World } from '../world.ts'
import type { Case } from './case.ts'
import { messageAt, say, talk } from './talk.ts'

const plain = { given: talk, asksNothing: true }
const nobody = async (world: World) => world.room('private', world.dan)
const group = async (world: World) => {
  const room = await world.room('group', world.alice, world.bob, world.carol)
  await say(world, world.alice, room, 'the three of us')
  return room
}
let names = 0
const name = () => `case-${++names}`

/** By the name of the act. */
export const CONVERSATION_CASES: Record<string, Case[]> = {
  'conversation.create': [
    {
      given: nobody,
      title: 'alice makes a channel, brings bob, and they talk',
      async when(w) {
        const { id } = await w.as(w.alice, createChannel, {
          ...{ kind: 'private', name: name(), topic: 'lunch', people: [w.bob.id] },
        })
        await say(w, w.alice, id, `welcome, <@${w.bob.id}>`)
        await say(w, w.bob, id, 'thanks')
      },
    },
  ],
  'conversation.openDirect': [
    {
      given: nobody,
      title: 'alice writes to bob, and then to both',
      async when(w) {
        const two = await w.as(w.alice, openDirect, { people: [w.bob.id] })
        await say(w, w.alice, two.id, 'hello')
        const three = await w.as(w.carol, openDirect, { people: [w.bob.id, w.alice.id] })
        await say(w, w.bob, three.id, 'hello you')
      },
    },
  ],
  'conversation.join': [
    {
      async given(w) {
        const room = await w.room('public', w.alice, w.bob)
        const { message } = await say(w, w.alice, room, 'before')
        await say(w, w.bob, room, `<@${w.carol.id}> will come`, message)
        return room
      },
      title: 'carol joins, and is spoken to at once',
      async when(w, conversation) {
        await w.as(w.carol, joinChannel, { conversation })
        await say(w, w.alice, conversation, `<@${w.carol.id}>!`)
        await say(w, w.bob, conversation, 'hi', await messageAt(w, conversation, 1))
      },
    },
    {
      async given(w) {
        const room = await talk(w)
        await w.as(w.carol, leaveConversation, { conversation: room })
        await say(w, w.alice, room, `<@${w.carol.id}> is gone`, await messageAt(w, room, 1))
        return room
      },
      title: 'carol comes back to the threads that she followed',
      when: (w, conversation) => w.as(w.carol, joinChannel, { conversation }),
    },
  ],
  'conversation.leave': [
    {
      ...plain,
      title: 'carol leaves while the others go on',
      async when(w, conversation) {
        await say(w, w.alice, conversation, `stay, <@${w.carol.id}>`)
        await w.as(w.carol, leaveConversation, { conversation })
        await say(w, w.bob, conversation, `<@${w.carol.id}> is gone`)
      },
    },
    {
      title: 'carol leaves and comes back, all at once',
      given: talk,
      async when(w, conversation) {
        await w.as(w.carol, leaveConversation, { conversation })
        await say(w, w.bob, conversation, 'gone?')
        await w.as(w.carol, joinChannel, { conversation })
        await say(w, w.bob, conversation, `there, <@${w.carol.id}>`)
      },
    },
    {
      title: 'bob leaves a group',
      given: group,
      when: (w, conversation) => w.as(w.bob, leaveConversation, { conversation }),
    },
  ],
  'conversation.invite': [
    {
      async given(w) {
        const room = await w.room('private', w.alice)
        await say(w, w.alice, room, 'alone')
        return room
      },
      title: 'alice brings the others in',
      async when(w, conversation) {
        await w.as(w.alice, inviteToConversation, { conversation, people: [w.bob.id, w.carol.id] })
        await say(w, w.carol, conversation, '<!channel>')
      },
    },
    {
      given: (w) => w.room('group', w.alice, w.bob),
      title: 'carol comes into a group',
      when: (w, conversation) =>
        w.as(w.bob, inviteToConversation, { conversation, people: [w.carol.id, w.dan.id] }),
    },
  ],
  'conversation.remove': [
    {
      ...plain,
      title: 'alice removes bob',
      async when(w, conversation) {
        await w.as(w.alice, removeFromChannel, { conversation, person: w.bob.id })
        await say(w, w.alice, conversation, 'now we are two')
      },
    },
  ],
  'conversation.setRole': [
    {
      ...plain,
      title: 'bob becomes an owner, and alice a member',
      async when(w, conversation) {
        await w.as(w.alice, setMemberRole, { conversation, person: w.bob.id, role: 'owner' })
        await say(w, w.carol, conversation, `congratulations, <@${w.bob.id}>`)
        await w.as(w.bob, setMemberRole, { conversation, person: w.alice.id, role: 'member' })
      },
    },
  ],
  'conversation.setMine': [
    {
      ...plain,
      title: 'carol mutes it, and makes it a favourite',
      async when(w, conversation) {
        await w.as(w.carol, setMine, { conversation, muted: true })
        await say(w, w.bob, conversation, `<@${w.carol.id}>`)
        await w.as(w.carol, setMine, { conversation, favourite: true, muted: false })
      },
    },
  ],
  'conversation.change': [
    {
      ...plain,
      title: 'alice names it, says what it is for, and closes it',
      async when(w, conversation) {
        await w.as(w.alice, changeChannel, { conversation, name: name(), topic: 'new' })
        await w.as(w.bob, changeChannel, { conversation, purpose: 'to talk', topic: '' })
        await w.as(w.alice, changeChannel, { conversation, kind: 'private' })
      },
    },
  ],
  'conversation.archive': [
    {
      ...plain,
      title: 'alice archives it',
      when: (w, conversation) => w.as(w.alice, archiveChannel, { conversation, archived: true }),
    },
    {
      ...plain,
      title: 'alice archives it and restores it',
      async when(w, conversation) {
        await w.as(w.alice, archiveChannel, { conversation, archived: true })
        await w.as(w.alice, archiveChannel, { conversation, archived: false })
        await say(w, w.bob, conversation, 'open again')
      },
    },
  ],
  'conversation.archiveAny': [
    {
      ...plain,
      title: 'dan, who is not in it, archives it',
      when: (w, conversation) => w.as(w.dan, archiveAnyChannel, { conversation, archived: true }),
    },
  ],
  'conversation.renameAny': [
    {
      ...plain,
      title: 'dan, who is not in it, renames it',
      when: (w, conversation) => w.as(w.dan, renameAnyChannel, { conversation, name: name() }),
    },
  ],
  'conversation.addOwner': [
    {
      ...plain,
      title: 'dan makes carol an owner, and comes in himself',
      async when(w, conversation) {
        await w.as(w.dan, addOwner, { conversation, person: w.carol.id })
        await w.as(w.dan, addOwner, { conversation, person: w.dan.id })
      },
    },
  ],
  'conversation.setForEveryone': [
    {
      ...plain,
      title: 'dan makes it a channel for everyone',
      when: (w, conversation) => w.as(w.dan, setForEveryone, { conversation, forEveryone: true }),
    },
  ],
  'webhook.create': [
    {
      ...plain,
      title: 'dan makes a webhook, whose bot comes in',
      when: (w, conversation) => w.as(w.dan, createWebhook, { conversation, name: 'Deploys' }),
    },
  ],
  'account.acceptInvitation': [
    {
      async given(w) {
        const room = await talk(w)
        await w.as(w.dan, setForEveryone, { conversation: room, forEveryone: true })
        return room
      },
      asksNothing: true,
      title: 'somebody new comes into a channel that is for everyone',
      async when(w) {
        const { link } = await w.as(w.dan, invite, { email: `${name()}@example.org` })
        const chosen = { name: 'Frida', password: 'seven grey herons wait', device: null, agent: 'Firefox' }
        const visitor = { kind: 'anonymous', address: '192.0.2.9' } as const
        await w.as(visitor, acceptInvitation, { token: link!.split('/').at(-1)!, ...chosen })
      },
    },
  ],
}
