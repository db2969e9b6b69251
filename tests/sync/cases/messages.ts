import {
  deleteMessage,
  editMessage,
  markRead,
  markThreadRead,
  pin,
  react,
  sendOnce,
} from '@parley/domain/messages/index'
import type { Case } from './case.ts'
import { messageAt, say, talk } from './talk.ts'

const plain = { given: talk, asksNothing: true }

/** By the name of the act. */
export const MESSAGE_CASES: Record<string, Case[]> = {
  'message.send': [
    { ...plain, title: 'alice posts', when: (w, room) => say(w, w.alice, room, 'new') },
    {
      ...plain,
      title: 'the three post in turn',
      async when(w, room) {
        for (const who of [w.alice, w.bob, w.carol, w.alice]) await say(w, who, room, 'again')
      },
    },
    {
      ...plain,
      title: 'many post at once',
      when: (w, room) =>
        Promise.all(
          Array.from({ length: 60 }, (_, i) =>
            say(w, i % 2 ? w.alice : w.bob, room, `${i} <@${w.carol.id}>`),
          ),
        ),
    },
    {
      ...plain,
      title: 'bob mentions carol, and everyone',
      async when(w, room) {
        await say(w, w.bob, room, `<@${w.carol.id}> and <@${w.bob.id}>`)
        await say(w, w.bob, room, '<!here> we go')
      },
    },
    {
      ...plain,
      title: 'a hundred and more mentions of carol, who reads none',
      async when(w, room) {
        for (let i = 0; i < 110; i++) await say(w, w.bob, room, `<@${w.carol.id}> ${i}`)
      },
    },
    {
      ...plain,
      title: 'bob replies to what carol wrote',
      async when(w, room) {
        const { message } = await say(w, w.carol, room, 'mine')
        await say(w, w.bob, room, 'answer', message)
        await say(w, w.carol, room, 'thanks', message)
        await say(w, w.bob, room, 'you are welcome', message)
      },
    },
    {
      ...plain,
      title: 'carol replies to what nobody had replied to, and mentions bob',
      when: async (w, room) => say(w, w.carol, room, `<@${w.bob.id}>?`, await messageAt(w, room, 4)),
    },
    {
      ...plain,
      title: 'everyone is mentioned in a reply, which makes nobody follow',
      when: async (w, room) => say(w, w.carol, room, '<!channel>', await messageAt(w, room, 2)),
    },
    {
      ...plain,
      title: 'six people reply: five are shown',
      async when(w, room) {
        const root = await messageAt(w, room, 3)
        for (const who of [w.alice, w.bob, w.carol, w.alice]) await say(w, who, room, 'me too', root)
      },
    },
    {
      ...plain,
      title: 'a reply under a root that was deleted',
      async given(w) {
        const room = await talk(w)
        await w.as(w.alice, deleteMessage, { conversation: room, message: await messageAt(w, room, 1) })
        return room
      },
      when: async (w, room) => say(w, w.bob, room, 'still here', await messageAt(w, room, 1)),
    },
  ],
  'message.sendOnce': [
    {
      ...plain,
      title: 'a program posts for bob, and again with the same key',
      async when(w, room) {
        const post = { id: crypto.randomUUID(), conversation: room, text: 'built' }
        await w.as(w.bob, sendOnce, post)
        await w.as(w.bob, sendOnce, post)
      },
    },
  ],
  'message.edit': [
    {
      ...plain,
      title: 'alice corrects what was read',
      when: async (w, conversation) =>
        w.as(w.alice, editMessage, {
          conversation,
          message: await messageAt(w, conversation, 1),
          text: 'hello!',
        }),
    },
    {
      ...plain,
      title: 'alice mentions carol afterwards, and bob no more',
      when: async (w, conversation) =>
        w.as(w.alice, editMessage, {
          conversation,
          message: await messageAt(w, conversation, 2),
          text: `no, <@${w.carol.id}>`,
        }),
    },
    {
      ...plain,
      title: 'bob mentions everyone no more, and then carol only',
      async when(w, conversation) {
        const message = await messageAt(w, conversation, 3)
        for (const text of ['nobody', `<@${w.carol.id}>`, `<!here> and <@${w.carol.id}>`, `<@${w.alice.id}>`])
          await w.as(w.bob, editMessage, { conversation, message, text })
      },
    },
    {
      ...plain,
      title: 'bob edits his reply so that it mentions alice, which makes nobody follow anew',
      when: async (w, conversation) =>
        w.as(w.bob, editMessage, {
          conversation,
          message: await messageAt(w, conversation, 5),
          text: `<@${w.alice.id}>?`,
        }),
    },
    {
      title: 'one mention of more than a hundred is taken back',
      async given(w) {
        const room = await talk(w)
        for (let i = 0; i < 105; i++) await say(w, w.bob, room, `<@${w.carol.id}> ${i}`)
        return room
      },
      when: async (w, conversation) =>
        w.as(w.bob, editMessage, {
          conversation,
          message: await messageAt(w, conversation, 100),
          text: 'never mind',
        }),
    },
  ],
  'message.delete': [
    ...(
      [
        [1, 'alice', 'alice deletes a root that has replies'],
        [2, 'alice', 'alice deletes what mentions bob'],
        [3, 'bob', 'bob deletes what mentions everyone'],
        [5, 'bob', 'bob deletes his reply that mentions carol'],
        [6, 'alice', 'alice, who owns the channel, deletes the last reply'],
      ] as const
    ).map(
      ([seq, who, title]): Case => ({
        ...plain,
        title,
        when: async (w, conversation) =>
          w.as(w[who], deleteMessage, { conversation, message: await messageAt(w, conversation, seq) }),
      }),
    ),
  ],
  'message.react': [
    {
      ...plain,
      title: 'two react, and one takes it back',
      async when(w, conversation) {
        const message = await messageAt(w, conversation, 4)
        await w.as(w.bob, react, { conversation, message, emoji: '👍', on: true })
        await w.as(w.carol, react, { conversation, message, emoji: '👍', on: true })
        await w.as(w.carol, react, { conversation, message, emoji: '🎉', on: true })
        await w.as(w.bob, react, { conversation, message, emoji: '👍', on: false })
      },
    },
    {
      ...plain,
      title: 'carol reacts to a reply and to the root of it',
      async when(w, conversation) {
        for (const seq of [5, 1])
          await w.as(w.carol, react, {
            conversation,
            message: await messageAt(w, conversation, seq),
            emoji: 'ok',
            on: true,
          })
      },
    },
  ],
  'message.pin': [
    {
      ...plain,
      title: 'bob pins a message and takes another pin out',
      async given(w) {
        const room = await talk(w)
        await w.as(w.bob, pin, { conversation: room, message: await messageAt(w, room, 1), on: true })
        return room
      },
      async when(w, conversation) {
        const [one, two] = [await messageAt(w, conversation, 1), await messageAt(w, conversation, 2)]
        await w.as(w.bob, pin, { conversation, message: two, on: true })
        await w.as(w.alice, pin, { conversation, message: one, on: false })
      },
    },
  ],
  'conversation.mark_read': [
    {
      ...plain,
      title: 'carol reads up to the third',
      when: (w, conversation) => w.as(w.carol, markRead, { conversation, seq: 3 }),
    },
    {
      ...plain,
      title: 'carol reads everything, also what is not there yet',
      when: (w, conversation) => w.as(w.carol, markRead, { conversation, seq: 99 }),
    },
    {
      ...plain,
      title: 'alice marks everything unread, and then reads a part of it',
      async when(w, conversation) {
        await w.as(w.alice, markRead, { conversation, seq: 0, back: true })
        await w.as(w.alice, markRead, { conversation, seq: 2 })
      },
    },
    {
      ...plain,
      title: 'bob reads while alice mentions him, and posts while he reads',
      async when(w, conversation) {
        await say(w, w.alice, conversation, `<@${w.bob.id}> one`)
        await w.as(w.bob, markRead, { conversation, seq: 7 })
        await say(w, w.alice, conversation, `<@${w.bob.id}> two`)
        await w.as(w.bob, markRead, { conversation, seq: 4, back: true })
        await say(w, w.alice, conversation, `<@${w.bob.id}> three`)
        await w.as(w.bob, markRead, { conversation, seq: 8 })
        await say(w, w.bob, conversation, 'four')
        await say(w, w.alice, conversation, `<@${w.bob.id}> five`)
      },
    },
  ],
  'thread.mark_read': [
    {
      ...plain,
      title: 'alice reads the replies to what she wrote',
      when: async (w, conversation) =>
        w.as(w.alice, markThreadRead, {
          conversation,
          root: await messageAt(w, conversation, 1),
          replies: 2,
        }),
    },
    {
      ...plain,
      title: 'alice reads one reply, one more comes, and she reads on, further than there is',
      async when(w, conversation) {
        const root = await messageAt(w, conversation, 1)
        await w.as(w.alice, markThreadRead, { conversation, root, replies: 1 })
        await say(w, w.carol, conversation, 'one more', root)
        await w.as(w.alice, markThreadRead, { conversation, root, replies: 9 })
        await say(w, w.bob, conversation, 'and one', root)
      },
    },
  ],
}
