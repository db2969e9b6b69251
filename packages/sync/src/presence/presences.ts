import type { ClientFrame, Id, PersonPresence, ServerFrame } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'
import { type Notifier, type Topic, topics } from '../views/topics.ts'
import { doubted } from './doubted.ts'

export type Presences = {
  /** As the notifier's; while anybody listens to a person's presence or a conversation's count, it is looked at. */
  subscribe: Notifier['subscribe']
  of(person: Id): PersonPresence | undefined
  online(conversation: Id): number | undefined
  /** Whether this device is in use. */
  idle(isIdle: boolean): void
  heard(frame: Extract<ServerFrame, { t: 'presence' }>): void
  opened(): void
  /** Something may have been left out: everything is asked for anew. */
  again(): void
  gone(): void
  close(): void
}

type Options = { clock: Clock; notifier: Notifier; isOpen(): boolean; send(frame: ClientFrame): void }

const PERSON = topics.presence('')
const CONVERSATION = topics.online('')

/**
 * How others are, of those somebody looks at here. Kept for a moment when the connection goes, as last known, until the
 * next one has told; forgotten when nobody looks any more.
 */
export function presences({ clock, notifier, isOpen, send }: Options): Presences {
  /** How many listen, by person and by conversation; who began last comes last. */
  const people = new Map<Id, number>()
  const conversations = new Map<Id, number>()
  const known = new Map<Id, PersonPresence>()
  const counts = new Map<Id, number>()
  const doubt = doubted(clock, forget)
  let isIdle = false
  let cancel: (() => void) | null = null

  function forget(topic: Topic): void {
    if (topic.startsWith(PERSON)) known.delete(topic.slice(PERSON.length))
    else counts.delete(topic.slice(CONVERSATION.length))
    notifier.touch(topic)
  }

  function tell(): void {
    cancel = null
    if (!isOpen()) return
    send({
      t: 'look',
      people: [...people.keys()].slice(-LIMITS.lookPeople),
      conversations: [...conversations.keys()].slice(-LIMITS.lookConversations),
    })
    for (const id of known.keys()) if (!people.has(id)) known.delete(id)
    for (const id of counts.keys()) if (!conversations.has(id)) counts.delete(id)
  }

  /** Of this it was told how it is now. */
  function fresh(topic: Topic): void {
    doubt.told(topic)
    notifier.touch(topic)
  }

  /** A list that scrolls past changes many: they are told together. */
  function tellSoon(): void {
    cancel ??= clock.after(BOUNDS.lookAfter, tell)
  }

  function counted(topic: Topic): { listeners: Map<Id, number>; id: Id } | null {
    if (topic.startsWith(PERSON)) return { listeners: people, id: topic.slice(PERSON.length) }
    if (topic.startsWith(CONVERSATION))
      return { listeners: conversations, id: topic.slice(CONVERSATION.length) }
    return null
  }

  return {
    subscribe(topic, listener) {
      const end = notifier.subscribe(topic, listener)
      const found = counted(topic)
      if (!found) return end
      const { listeners, id } = found
      const before = listeners.get(id) ?? 0
      listeners.set(id, before + 1)
      if (before === 0) tellSoon()
      let over = false
      return () => {
        end()
        if (over) return
        over = true
        const left = listeners.get(id)! - 1
        if (left > 0) listeners.set(id, left)
        else {
          listeners.delete(id)
          tellSoon()
        }
      }
    },
    of: (person) => known.get(person),
    online: (conversation) => counts.get(conversation),
    idle(next) {
      if (next === isIdle) return
      isIdle = next
      if (isOpen()) send({ t: 'activity', idle: next })
    },
    heard({ people: changed = [], online = [], unknown = [] }) {
      for (const one of changed) {
        if (!people.has(one.person)) continue
        known.set(one.person, one)
        fresh(topics.presence(one.person))
      }
      for (const [conversation, count] of online) {
        if (!conversations.has(conversation)) continue
        counts.set(conversation, count)
        fresh(topics.online(conversation))
      }
      for (const id of unknown) {
        if (known.delete(id)) notifier.touch(topics.presence(id))
        if (counts.delete(id)) notifier.touch(topics.online(id))
      }
    },
    opened() {
      if (isIdle) send({ t: 'activity', idle: true })
      if (people.size + conversations.size > 0) tellSoon()
    },
    again() {
      if (people.size + conversations.size === 0 || !isOpen()) return
      send({ t: 'look', people: [], conversations: [] })
      tellSoon()
    },
    gone() {
      cancel?.()
      cancel = null
      doubt.add([...known.keys()].map(topics.presence))
      doubt.add([...counts.keys()].map(topics.online))
    },
    close() {
      cancel?.()
      cancel = null
      doubt.close()
    },
  }
}
