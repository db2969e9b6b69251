import { afterEach, beforeEach, expect, test } from 'vitest'
import { memberOf } from '../../src/access.ts'
import {
  history,
  newestMessages,
  newestThreadReplies,
  oneMessage,
  sendMessage,
  threadHistory,
} from '../../src/messages/index.ts'
import { alice, bob, clientId, general, openRoom } from './room.ts'

let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = (text: string, root?: string): Promise<{ message: string }> =>
  room.as(alice, sendMessage, { id: clientId(), conversation: general, text, ...(root && { root }) })

type Page = { messages?: { text: string }[]; items?: { text: string }[]; text?: string }
// biome-ignore lint/suspicious/noExplicitAny: questions of every shape
type Question = { run(context: any, input: any): Promise<any> }
const textsOf = ({ messages, items, text }: Page) =>
  text === undefined ? (messages ?? items)!.map((one) => one.text) : [text]

test.each<[string, Question, (root: string) => object]>([
  ['history', history, () => ({ from: 1, to: 10 })],
  ['a thread', threadHistory, (root) => ({ root, from: 1, to: 10 })],
  ['one message', oneMessage, (message) => ({ message })],
  ['the newest messages', newestMessages, () => ({})],
  ['the newest replies', newestThreadReplies, (root) => ({ root })],
])(
  'bob, who asks for %s and is removed before it is read, is shown nothing that is said afterwards',
  async (_, question, more) => {
    const { message: root } = await say('between us')
    await say('a reply between us', root)
    const tx = room.db
    const input = { conversation: general, ...more(root) }
    const scope = await memberOf({ tx, actor: bob, input })
    const read = () => question.run({ tx, actor: bob, scope, deps: room.deps }, input)
    expect(textsOf(await read())).not.toEqual([])

    await tx.sql`UPDATE memberships SET left_at = now() WHERE conversation_id = ${general} AND person_id = ${bob.id}`
    await say('without bob')
    await say('a reply without bob', root)
    const shown = await read().then(textsOf, ({ code }) => code)
    expect(['not_found', []]).toContainEqual(shown)
  },
)
