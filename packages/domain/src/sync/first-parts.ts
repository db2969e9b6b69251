import { preparedOn } from '@parley/db'
import { followedThreads } from '@parley/db/queries/followed-threads'
import { allMine, type Mine, type MyConversation } from '@parley/db/queries/my-conversations'
import { chosenOfMany } from '@parley/db/queries/presence/chosen-presence'
import { type ChosenPresence, type FollowedThread, type Id, NOTHING_CHOSEN } from '@parley/protocol'
import type { Reader } from '../access.ts'
import { batched } from '../batched.ts'

export type Held = {
  /** The personal version. */
  version: number
  conversations: ReadonlyMap<Id, { version: number; messages: boolean }>
  /** Nothing else is asked about. */
  only: boolean
}
/** `after`: the conversation that the part before ended with; null for the first. */
type Asked = { person: Id; held: Held; after: Id | null }
/** Where somebody stands beside what they hold, as far as one part tells. `changed`: what is news to them. */
export type FirstPart = Mine & {
  changed: MyConversation[]
  threads: FollowedThread[]
  chosen: ChosenPresence | null
  /** The conversation that it ends with; null when there are no others. */
  next: Id | null
}

/** People of one question. */
const PEOPLE = 100
/** Conversations of one part: whoever is in thousands keeps nobody waiting, and holds no more of them in memory. */
const CONVERSATIONS = 100
/** A version that nothing is above. */
const NEWEST = 2_147_483_647
const readers = new WeakMap<Reader['connection'], (asked: Asked) => Promise<FirstPart>>()

/**
 * What everybody asks who arrives, asked at once for all who arrive together. One question is under way, and its answer
 * is bounded: however many come, no more of it is in memory, and other questions have their connections.
 */
export function firstPart(tx: Reader, asked: Asked): Promise<FirstPart> {
  let read = readers.get(tx.connection)
  if (!read) {
    read = batched(PEOPLE, (all) => firstParts(tx, all))
    readers.set(tx.connection, read)
  }
  return read(asked)
}

/** Of the first of them, in their order. */
async function firstParts(tx: Reader, all: Asked[]): Promise<FirstPart[]> {
  const sql = preparedOn(tx.connection)
  const found = await allMine(sql, all.map(mineIn), CONVERSATIONS)
  const news = found.map((mine, i) => newsIn(mine, all[i]!.held))
  // Both are read after the version: at worst the client is told twice, never too little.
  const chose = found.flatMap((mine, i) => (hasChosen(mine, all[i]!) ? [all[i]!.person] : []))
  const chosen = chose.length > 0 ? await chosenOfMany(tx.sql, chose) : new Map<Id, ChosenPresence>()
  const threads = await followedThreads(
    sql,
    news.map((changed, i) => threadsIn(all[i]!, changed)),
  )
  return threads.map((own, i) => {
    const mine = found[i]!
    return {
      ...mine,
      changed: news[i]!,
      threads: own,
      chosen: hasChosen(mine, all[i]!) ? (chosen.get(all[i]!.person) ?? NOTHING_CHOSEN) : null,
      next: nextOf(all[i]!, mine),
    }
  })
}

const mineIn = (asked: Asked) => ({
  person: asked.person,
  only: asked.held.only ? named(asked).slice(0, CONVERSATIONS) : null,
  after: asked.after ?? '0',
})

/** Those of the conversations held that no part was about yet. */
function named({ held, after }: Asked): Id[] {
  const ids = [...held.conversations.keys()]
  return after === null ? ids : ids.slice(ids.indexOf(after) + 1)
}

function nextOf(asked: Asked, { conversations }: Mine): Id | null {
  if (!asked.held.only)
    return conversations.length < CONVERSATIONS ? null : conversations.at(-1)!.conversation.id
  const ids = named(asked)
  return ids.length <= CONVERSATIONS ? null : ids[CONVERSATIONS - 1]!
}

/** The first part tells of threads that changed beside their conversations, too; whoever holds nothing, of all there are. */
function threadsIn({ person, held, after }: Asked, changed: MyConversation[]) {
  if (!held.only && held.conversations.size === 0)
    return { person, conversations: after === null ? null : [], after: NEWEST }
  const conversations = changed.map((one) => one.conversation.id)
  return { person, conversations, after: after === null ? held.version : NEWEST }
}

const hasChosen = ({ chosenAt }: Mine, { held, after }: Asked) =>
  !held.only && after === null && chosenAt > held.version

const newsIn = ({ conversations }: Mine, held: Held) =>
  conversations.filter(({ conversation, personVersion }) => {
    const version = held.conversations.get(conversation.id)?.version
    return version === undefined || conversation.version !== version || personVersion > held.version
  })
