import { AsyncLocalStorage } from 'node:async_hooks'
import { readConfig } from '@parley/adapters/config'
import { openContext } from '@parley/adapters/context'
import { perform } from '@parley/domain'
import type { PersonActor } from '@parley/domain/actor'
import { inviteToConversation } from '@parley/domain/conversations/invite'
import { joinChannel } from '@parley/domain/conversations/join'
import { leaveConversation } from '@parley/domain/conversations/leave'
import { removeFromChannel } from '@parley/domain/conversations/remove'
import type { Publication } from '@parley/domain/publication'
import { type Id, isParleyError } from '@parley/protocol'
import { actorOf } from './people.ts'
import { answering } from './stage/asked.ts'

/** Somebody comes into a conversation or goes, by themselves or by another's hand. */
export type Move = {
  kind: 'join' | 'leave' | 'invite' | 'remove'
  by: Id
  person: Id
  conversation: Id
}
/** `version`: the conversation's with it; null when nothing changed. */
export type Moved =
  | { outcome: 'done'; version: number | null }
  | { outcome: 'refused'; code: string }
  /** It may have happened or not. */
  | { outcome: 'unknown'; why: string }

const ACTS = {
  join: (actor: PersonActor, { conversation }: Move) => perform(joinChannel, actor, { conversation }, deps),
  leave: (actor: PersonActor, { conversation }: Move) =>
    perform(leaveConversation, actor, { conversation }, deps),
  invite: (actor: PersonActor, { conversation, person }: Move) =>
    perform(inviteToConversation, actor, { conversation, people: [person] }, deps),
  remove: (actor: PersonActor, { conversation, person }: Move) =>
    perform(removeFromChannel, actor, { conversation, person }, deps),
} satisfies Record<Move['kind'], unknown>

/** What the act that runs has told, which says under which version it went. */
const told = new AsyncLocalStorage<Publication[]>()

const context = await openContext(readConfig(), {
  connections: 4,
  publisher: (remote) => ({
    publish(publication) {
      told.getStore()?.push(publication)
      return remote.publish(publication)
    },
    republish: (payload) => remote.republish(payload),
  }),
})
const { deps } = context

async function move(one: Move): Promise<Moved> {
  const publications: Publication[] = []
  try {
    await told.run(publications, () => ACTS[one.kind](actorOf(one.by), one))
    return { outcome: 'done', version: versionIn(publications, one) }
  } catch (error) {
    // the answer of the database may have been lost after the commit
    if (isParleyError(error) && error.code !== 'unavailable') return { outcome: 'refused', code: error.code }
    return { outcome: 'unknown', why: String(error) }
  }
}

function versionIn(publications: Publication[], { conversation, person }: Move): number | null {
  for (const publication of publications)
    for (const event of publication.conversations.get(conversation) ?? [])
      if (
        event.type === 'members.changed' &&
        (event.left.includes(person) || event.joined.some((member) => member.person === person))
      )
        return event.version
  return null
}

answering<Move | 'ready', Moved>(async (question) =>
  question === 'ready' ? { outcome: 'done', version: null } : await move(question),
)
