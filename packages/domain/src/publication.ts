import type { ConversationEvent, Id, PersonalEvent } from '@parley/protocol'
import type { Job } from './jobs.ts'

/** What is told after a commit. Collected while a command runs, published once it is durable. */
export type Publication = {
  conversations: Map<Id, ConversationEvent[]>
  people: Map<Id, PersonalEvent[]>
  /** Sockets of these are closed at once. */
  revoked: { sessions: Id[]; people: Id[] }
  jobs: Job[]
}

export const emptyPublication = (): Publication => ({
  conversations: new Map(),
  people: new Map(),
  revoked: { sessions: [], people: [] },
  jobs: [],
})

/**
 * What an outbox row holds: a job, or what is to be told, by which the relay makes good for a publisher that died between
 * commit and publish. Clients are only told up to where things went and fetch the rest themselves. What follows from
 * changes of messages is the job `messages.changed`, without a row of its own.
 */
export type OutboxPayload = {
  changes?: [conversation: Id, from: number, to: number][]
  people?: [person: Id, version: number][]
  revoked?: Publication['revoked']
  job?: Job
}

/** From which to which version each conversation went. */
export const changesOf = (p: Publication): [conversation: Id, from: number, to: number][] =>
  [...p.conversations].map(([conversation, events]) => {
    const versions = events.map((e) => e.version)
    return [conversation, Math.min(...versions), Math.max(...versions)]
  })

/** Null when there is nothing to tell. */
export function tellingOf(p: Publication): OutboxPayload | null {
  const payload: OutboxPayload = {}
  const changes = changesOf(p)
  if (changes.length > 0) payload.changes = changes
  if (p.people.size > 0)
    payload.people = [...p.people].map(([person, events]) => [
      person,
      Math.max(...events.map((e) => e.version)),
    ])
  if (p.revoked.sessions.length + p.revoked.people.length > 0) payload.revoked = p.revoked
  return Object.keys(payload).length > 0 ? payload : null
}
