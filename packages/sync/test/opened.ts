import type {
  ClientFrame,
  Conversation,
  ConversationEvent,
  FollowedThread,
  Id,
  Membership,
  Message,
  ServerFrame,
} from '@parley/protocol'
import { createClient, type SyncOptions } from '../src/index.ts'
import { manualClock } from './manual-clock.ts'
import { scriptedServer, turn } from './scripted-server.ts'

export const alice: Id = '1'
export const bob: Id = '2'
export const room: Id = '21'

export const conversation = (over: Partial<Conversation> = {}): Conversation => ({
  ...{ id: room, kind: 'public', name: 'general', topic: '', purpose: '', archived: false },
  ...{ createdAt: 0, createdBy: alice, version: 0, seq: 0, roots: 0, floor: 0, lastAt: 0 },
  ...{ memberCount: 2, people: [] },
  ...over,
})

export const membership = (over: Partial<Membership> = {}): Membership => ({
  ...{ role: 'member', readSeq: 0, readOrdinal: 0, mentionSeqs: [], muted: false, favourite: false },
  ...over,
})

/** A root of bob's, the n-th of a conversation in which there are only roots. */
export const root = (n: number, over: Partial<Message> = {}): Message => ({
  ...{ id: `${1_000 + n}`, conversation: room, seq: n, version: n, ordinal: n, root: null, sender: bob },
  ...{ client: null, text: `message ${n}`, at: n, editedAt: null, gone: null, mentions: [], reactions: [] },
  ...{ files: [], thread: null, pinned: false },
  ...over,
})

export const created = (message: Message): ConversationEvent => ({
  version: message.version,
  type: 'message.created',
  message,
})

type Mine = {
  conversation?: Conversation
  membership?: Membership
  threads?: FollowedThread[]
  person?: number
}

/** Heartbeats are not what these tests are about. */
const LONG = 100_000_000

/** alice's client, at a server that is the test itself. `server`: where she comes, if not over sockets. */
export async function opened(
  mine: Mine = {},
  over: Partial<SyncOptions> = {},
  server = scriptedServer(true),
) {
  const clock = manualClock()
  const client = createClient({
    connect: async () => ({ ticket: 't', addresses: ['ws://one'] }),
    openSocket: server.open,
    clock,
    random: () => 0,
    ...over,
  })
  client.start()
  await turn()

  const latest = <T extends ClientFrame['t']>(t: T) => {
    const frame = server.last.of(t).at(-1)
    if (!frame) throw new Error(`No ${t} was sent.`)
    return frame
  }
  const tell = (frame: ServerFrame) => server.last.tell(frame)
  /** Answers the last sync with everything as it stands. */
  function synced(more: Partial<Extract<ServerFrame, { t: 'synced' }>> = {}): void {
    const both = {
      conversation: mine.conversation ?? conversation(),
      membership: mine.membership ?? membership(),
    }
    tell({
      ...{
        t: 'synced',
        req: latest('sync').req,
        more: false,
        person: mine.person ?? 1,
        removed: [],
        changes: [],
      },
      ...{ conversations: [both], threads: mine.threads ?? [] },
      ...more,
    })
  }

  server.last.welcome(LONG)
  synced()
  await turn()
  return {
    ...{ client, clock, server, tell, latest, synced },
    /** bob's messages arrive. */
    say: (...messages: Message[]) => tell({ t: 'events', conversation: room, events: messages.map(created) }),
    /** The connection is lost, and stands again. */
    async reconnect() {
      server.last.close('network')
      clock.advance(10_000)
      await turn()
      server.last.welcome(LONG)
    },
    ack(id: string, message: Partial<Message> = {}) {
      const { seq, version, ordinal, at, id: made } = root(1, message)
      tell({ t: 'ack', id, conversation: room, message: made, seq, version, ordinal, at })
    },
  }
}
export type Opened = Awaited<ReturnType<typeof opened>>

/** The frame that the n-th `send` was, from the newest connection. */
export const sent = ({ server }: Opened) => server.last.of('send').map(({ id, text }) => ({ id, text }))
