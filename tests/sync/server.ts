import { type Act, type Actor, perform } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import {
  deleteMessage,
  editMessage,
  history,
  markRead,
  markThreadRead,
  pin,
  react,
  sendMessage,
  threadHistory,
} from '@parley/domain/messages/index'
import type { Publication } from '@parley/domain/publication'
import { sync } from '@parley/domain/sync/sync'
import { type ClientFrame, clientFrame, type Id, isParleyError, type ServerFrame } from '@parley/protocol'
import type { Socket } from '@parley/sync'

type PersonActor = Extract<Actor, { kind: 'person' }>
type Frame<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>
type Answers = {
  [T in Exclude<ClientFrame['t'], 'hello' | 'ping'>]: (at: At, frame: Frame<T>) => Promise<void>
}

/** How what the server writes reaches one client. */
export type Wire = {
  /** What was asked for. */
  answer(frame: ServerFrame, deliver: () => void): void
  /** What is told by itself. `stream`: a conversation's id, or `person`. */
  news(frame: ServerFrame, stream: string, deliver: () => void): void
}

/** Everything arrives, at once and in order. */
export const perfect: Wire = { answer: (_, deliver) => deliver(), news: (_, __, deliver) => deliver() }

type Connection = {
  actor: PersonActor
  conversations: Set<Id>
  news(frame: ServerFrame, stream: string): void
}
type At = {
  deps: Deps
  actor: PersonActor
  answer(frame: ServerFrame): void
  tell(frame: Frame<'typing'>): void
}

export type TestServer = {
  publish(publication: Publication): Promise<void>
  serve(deps: Deps): void
  /** A socket of this person's; the server and the client may both end it. */
  socket(
    actor: PersonActor,
    wire?: Wire,
    onAsked?: (frame: ClientFrame) => void,
  ): Socket & { cut(code?: number): void }
  /** Frames that were received and not yet answered, and frames that were received at all. */
  busy(): number
  received(): number
}

/**
 * A realtime node without a network: the same frames, parsed as strictly, over the real acts. What it lacks are
 * sockets, and the care for many of them; that is apps/realtime's.
 */
export function openServer(): TestServer {
  const connections = new Set<Connection>()
  let deps: Deps
  let working = 0
  let received = 0

  function publish({ conversations, people }: Publication): Promise<void> {
    const personal = (connection: Connection, removed: boolean) => {
      for (const event of people.get(connection.actor.id) ?? []) {
        if (event.type === 'membership.added') connection.conversations.add(event.conversation.id)
        if (event.type === 'membership.removed' && removed)
          connection.conversations.delete(event.conversation)
      }
    }
    for (const connection of connections) {
      personal(connection, false)
      for (const [conversation, events] of conversations)
        if (connection.conversations.has(conversation))
          connection.news({ t: 'events', conversation, events }, conversation)
      const events = people.get(connection.actor.id)
      if (events) connection.news({ t: 'personal', events }, 'person')
      personal(connection, true)
    }
    return Promise.resolve()
  }

  function tell(from: PersonActor, { conversation, root }: Frame<'typing'>): void {
    for (const { actor, conversations, news } of connections)
      if (actor.id !== from.id && conversations.has(conversation))
        news({ t: 'typing', conversation, person: from.id, ...(root && { root }) }, 'typing')
  }

  function socket(
    actor: PersonActor,
    wire: Wire = perfect,
    onAsked: (frame: ClientFrame) => void = () => {},
  ): ReturnType<TestServer['socket']> {
    const listeners = new Map<string, (event: never) => void>()
    const emit = (type: string, event: unknown) => listeners.get(type)?.(event as never)
    let open = true
    let turn = Promise.resolve()
    const deliver = (frame: ServerFrame) => () => {
      if (open) emit('message', { data: JSON.stringify(frame) })
    }
    const connection: Connection = {
      actor,
      conversations: new Set(),
      news: (frame, stream) => wire.news(frame, stream, deliver(frame)),
    }
    const at: At = {
      get deps() {
        return deps
      },
      actor,
      answer: (frame) => wire.answer(frame, deliver(frame)),
      tell: (frame) => tell(actor, frame),
    }

    async function receive(data: string): Promise<void> {
      const frame = clientFrame.parse(JSON.parse(data))
      onAsked(frame)
      if (frame.t === 'ping') at.answer({ t: 'pong' })
      else if (frame.t === 'hello') await welcome()
      else await ANSWERS[frame.t](at, frame as never)
    }

    async function welcome(): Promise<void> {
      // Told of from now on, before anything is read: nothing falls between.
      connections.add(connection)
      const rows = await deps.db.sql<{ id: Id }>`
        SELECT conversation_id AS id FROM memberships WHERE person_id = ${actor.id} AND left_at IS NULL`
      for (const { id } of rows) connection.conversations.add(id)
      const { id: person, session } = actor
      at.answer({
        t: 'welcome',
        person,
        session,
        node: 'test',
        time: 0,
        resume: { token: '', ms: 0 },
        heartbeat: 1_000_000,
      })
    }

    function end(): void {
      open = false
      connections.delete(connection)
    }

    queueMicrotask(() => emit('open', undefined))
    return {
      send(data) {
        if (!open) return
        working++
        received++
        // In the order in which they came, as one connection's frames are.
        turn = turn.then(() => (open ? receive(data) : undefined)).finally(() => working--)
      },
      close: end,
      cut(code = 1006) {
        if (!open) return
        end()
        emit('close', { code })
      },
      addEventListener: (type: string, listener: (event: never) => void) =>
        void listeners.set(type, listener),
    }
  }

  return {
    publish,
    socket,
    busy: () => working,
    received: () => received,
    serve(served) {
      deps = served
    },
  }
}

const done = async (
  { deps, actor, answer }: At,
  act: Act,
  { req, t: _, ...input }: { req: number; t: string },
) => {
  try {
    await perform(act, actor, input, deps)
    answer({ t: 'done', req })
  } catch (error) {
    answer({ t: 'failed', req, ...refusal(error) })
  }
}

const page = async ({ deps, actor, answer }: At, act: Act, frame: Frame<'history' | 'thread'>) => {
  const { req, t: _, ...input } = frame
  try {
    const page = await perform<unknown, Extract<ServerFrame, { t: 'messages' }>>(act, actor, input, deps)
    answer({ ...page, t: 'messages', req, conversation: frame.conversation })
  } catch (error) {
    answer({ t: 'failed', req, ...refusal(error) })
  }
}

function refusal(error: unknown) {
  if (!isParleyError(error)) throw error
  return { code: error.code, says: error.message }
}

const ANSWERS: Answers = {
  async send({ deps, actor, answer }, { t: _, ...input }) {
    try {
      const sent = await perform(sendMessage, actor, input, deps)
      answer({ t: 'ack', id: input.id, conversation: input.conversation, ...sent })
    } catch (error) {
      answer({ t: 'nack', id: input.id, ...refusal(error) })
    }
  },
  edit: (at, frame) => done(at, editMessage, frame),
  delete: (at, frame) => done(at, deleteMessage, frame),
  react: (at, frame) => done(at, react, frame),
  pin: (at, frame) => done(at, pin, frame),
  read: (at, frame) => done(at, markRead, frame),
  'read-thread': (at, frame) => done(at, markThreadRead, frame),
  history: (at, frame) => page(at, history, frame),
  thread: (at, frame) => page(at, threadHistory, frame),
  typing: async (at, frame) => at.tell(frame),
  // observed by real nodes only
  activity: async () => {},
  look: async () => {},
  async sync({ deps, actor, answer }, { t: _, req, ...input }) {
    for await (const { next, ...part } of await perform(sync, actor, input, deps))
      answer({ t: 'synced', req, more: next !== null, ...part })
  },
}
