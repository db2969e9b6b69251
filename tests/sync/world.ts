import { type Act, type Actor, perform } from '@parley/domain'
import type { ClientFrame, Id } from '@parley/protocol'
import { createClient, type Sync, type SyncOptions } from '@parley/sync'
import { manualClock } from '../../packages/sync/test/manual-clock.ts'
import { testDeps } from '../support/deps.ts'
import { type Someone, someone } from '../support/people.ts'
import { openServer, type Wire } from './server.ts'

export type TestClient = Sync & {
  /** The network breaks; the client comes back by itself. */
  cut(): void
  /** What it has sent, by kind of frame, since the last look. */
  asked(): ClientFrame['t'][]
}

/** People, a server over the real domain, and their clients, on a clock of the test's own. */
export async function openWorld() {
  const server = openServer()
  const world = await testDeps({
    publisher: { publish: server.publish, republish: async () => {} },
    limiter: { take: async () => null, standing: async () => null },
  })
  const { deps, db } = world
  server.serve(deps)
  const clock = manualClock()
  const clients = new Set<Sync>()
  await db.sql`INSERT INTO organisation (id, name) VALUES (1, 'Example')`
  const alice = await someone(world, 'alice')
  const bob = await someone(world, 'bob')
  const carol = await someone(world, 'carol')
  const dan = await someone(world, 'dan', 'administrator')

  function open(actor: Someone, wire?: Wire, over: Partial<SyncOptions> = {}): TestClient {
    let socket: ReturnType<typeof server.socket> | null = null
    let asked: ClientFrame['t'][] = []
    const client = createClient({
      connect: async () => ({ ticket: actor.id, addresses: ['memory:'] }),
      openSocket() {
        socket = server.socket(actor, wire, ({ t }) => asked.push(t))
        return socket
      },
      clock,
      random: () => 0,
      ...over,
    })
    clients.add(client)
    client.start()
    return {
      ...client,
      close() {
        clients.delete(client)
        client.close()
      },
      cut: () => socket?.cut(),
      asked() {
        const before = asked
        asked = []
        return before
      },
    }
  }

  async function quiet(): Promise<void> {
    for (let still = 0; still < 3; ) {
      await new Promise(setImmediate)
      still = server.busy() === 0 ? still + 1 : 0
    }
  }

  return {
    ...{ deps, db, server, clock, alice, bob, carol, dan, open, quiet },
    as: <Input, Result>(actor: Actor, act: Act<Input, Result>, input: NoInfer<Input>): Promise<Result> =>
      perform(act, actor, input, deps),
    /** Waits until nobody asks anybody for anything any more, however long their patience: time passes meanwhile. */
    async settle(): Promise<void> {
      const away = () => [...clients].some((client) => client.connection().state !== 'live')
      for (let before = -1; before !== server.received() || away(); ) {
        before = server.received()
        await quiet()
        clock.advance(700)
        await quiet()
      }
    },
    /** A channel of these people's. */
    async room(kind: 'public' | 'private' | 'group', ...people: { id: Id }[]): Promise<Id> {
      const id = deps.newId()
      const ids = people.map((person) => person.id)
      await db.sql`
        INSERT INTO conversations (id, kind, name, created_by, member_count, people)
        VALUES (${id}, ${kind}, ${kind === 'group' ? null : `room ${id}`}, ${ids[0]}, ${ids.length},
          ${kind === 'group' ? ids : []}::bigint[])`
      await db.sql`
        INSERT INTO memberships (conversation_id, person_id, role)
        SELECT ${id}, p, CASE WHEN p = ${ids[0]} THEN 'owner' ELSE 'member' END FROM unnest(${ids}::bigint[]) p`
      return id
    },
    /** Nobody is in anything any more: the next test begins with an empty list. */
    async forget(): Promise<void> {
      for (const client of clients) client.close()
      clients.clear()
      await quiet()
      await db.sql`UPDATE conversations SET for_everyone = false`
      await db.sql`DELETE FROM memberships`
      await db.sql`DELETE FROM thread_followers`
    },
    async close(): Promise<void> {
      for (const client of clients) client.close()
      await quiet()
      await world.close()
    },
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>
