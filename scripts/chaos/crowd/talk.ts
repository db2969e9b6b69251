import { setTimeout as sleep } from 'node:timers/promises'
import type { Id, Message } from '@parley/protocol'
import { nameOf } from '../people.ts'
import type { Person } from './person.ts'

/** One thing that a person does in a conversation. Every text is said once in all of a run. */
type Doing = (person: Person, conversation: Id, word: string) => void

const RECENT = 20
const EMOJI = ['👍', '🎉', '👀'] as const
const PUSH = ['all', 'mentions', 'none'] as const

const DOINGS = {
  say: (person, conversation, word) => person.say(conversation, word),
  mention(person, conversation, word) {
    const other = someRecent(person, conversation)?.sender
    person.say(conversation, other ? `<@${other}> ${word}` : word)
  },
  reply(person, conversation, word) {
    const root = someRecent(person, conversation)
    if (root) person.say(conversation, `${word} in a thread`, root.id)
  },
  edit(person, conversation, word) {
    const own = someRecent(person, conversation, ({ sender }) => sender === person.id)
    if (own) void person.change({ kind: 'edit', conversation, message: own.id, text: `${word}, better` })
  },
  remove(person, conversation) {
    const own = someRecent(person, conversation, ({ sender }) => sender === person.id)
    if (own) void person.change({ kind: 'delete', conversation, message: own.id })
  },
  react(person, conversation) {
    const root = someRecent(person, conversation)
    const emoji = person.random.pick(EMOJI)
    const on = person.random.chance(0.7)
    if (root) void person.change({ kind: 'react', conversation, message: root.id, emoji, on })
  },
  read(person, conversation) {
    const view = person.client.conversation(conversation)
    if (view) person.read(conversation, view.conversation.seq)
  },
  post: (person, conversation, word) => person.post(conversation, `${word} by a request`),
  search: (person) => person.search('says'),
  choose: (person) => person.choose(person.random.pick(PUSH), person.random.chance(0.5)),
  makeChannel: (person, _, word) => person.makeChannel(word),
} satisfies Record<string, Doing>

const OFTEN: Record<keyof typeof DOINGS, number> = {
  ...{ say: 50, mention: 5, reply: 12, edit: 7, remove: 3, react: 10, read: 8 },
  ...{ post: 6, search: 4, choose: 3, makeChannel: 1 },
}
const DECK = (Object.keys(DOINGS) as (keyof typeof DOINGS)[]).flatMap((name) =>
  Array<keyof typeof DOINGS>(OFTEN[name]).fill(name),
)

/** One thing after another, `paceMs` apart on the average, until there is quiet. */
export async function talk(person: Person, paceMs: number, quiet: AbortSignal): Promise<void> {
  for (let n = 0; !quiet.aborted; n++) {
    await sleep(paceMs * (0.5 + person.random.next()))
    if (quiet.aborted || !person.here) continue
    doSomething(person, n)
  }
}

export function doSomething(person: Person, n: number | string, only?: keyof typeof DOINGS): void {
  const views = person.client.conversations()
  if (views.length === 0) return
  // the rooms that many are in are as busy as all the direct conversations together
  const many = views.filter(({ conversation }) => conversation.kind !== 'direct')
  const from = many.length > 0 && person.random.chance(0.75) ? many : views
  const { id } = person.random.pick(from).conversation
  DOINGS[only ?? person.random.pick(DECK)](person, id, `${nameOf(person.id)} says ${n}`)
}

function someRecent(
  person: Person,
  conversation: Id,
  fits: (message: Message) => boolean = () => true,
): Message | undefined {
  const { roots, floor, get } = person.client.timeline(conversation)
  const recent: Message[] = []
  for (let ordinal = roots; ordinal > Math.max(floor, roots - RECENT); ordinal--) {
    const message = get(ordinal)
    if (message && !message.gone && fits(message)) recent.push(message)
  }
  return recent.length > 0 ? person.random.pick(recent) : undefined
}
