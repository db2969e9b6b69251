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
type Asked = { person: Id; held: Held }
/** Where somebody stands beside what they hold. `changed`: what is news to them. */
export type FirstPart = Mine & {
  changed: MyConversation[]
  threads: FollowedThread[]
  chosen: ChosenPresence | null
}

/** People of one question. */
const PEOPLE = 100
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
  const found = await allMine(sql, all.map(mineIn))
  const news = found.map((mine, i) => newsIn(mine, all[i]!.held))
  // Both are read after the version: at worst the client is told twice, never too little.
  const chose = found.flatMap((mine, i) => (hasChosen(mine, all[i]!.held) ? [all[i]!.person] : []))
  const chosen = chose.length > 0 ? await chosenOfMany(tx.sql, chose) : new Map<Id, ChosenPresence>()
  const threads = await followedThreads(
    sql,
    news.map((changed, i) => {
      const { person, held } = all[i]!
      const conversations = isFirst(held) ? null : changed.map((one) => one.conversation.id)
      return { person, conversations, after: held.version }
    }),
  )
  return threads.map((own, i) => {
    const { person, held } = all[i]!
    const mine = found[i]!
    return {
      ...mine,
      changed: news[i]!,
      threads: own,
      chosen: hasChosen(mine, held) ? (chosen.get(person) ?? NOTHING_CHOSEN) : null,
    }
  })
}

const mineIn = ({ person, held }: Asked) => ({
  person,
  only: held.only ? [...held.conversations.keys()] : null,
})

const isFirst = (held: Held) => !held.only && held.conversations.size === 0
const hasChosen = ({ chosenAt }: Mine, held: Held) => !held.only && chosenAt > held.version

const newsIn = ({ conversations }: Mine, held: Held) =>
  conversations.filter(({ conversation, personVersion }) => {
    const version = held.conversations.get(conversation.id)?.version
    return version === undefined || conversation.version !== version || personVersion > held.version
  })
