import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { textFrame } from '../gateway/frame.ts'
import { UNKNOWN, type Watched } from './watched.ts'

export type Teller = {
  /** As somebody's entry has it, which is made once for all who look. */
  person(connection: Connection, watched: Pick<Watched, 'id' | 'entry'>): void
  online(connection: Connection, conversation: Id, people: number): void
  /** Nothing is to be known any more of this person, or of the number online in this conversation. */
  unknown(connection: Connection, id: Id): void
  /** One frame for each connection that is to be told anything. */
  flush(now: number): void
}

/** What a tick tells, by connection: however much has changed, it leaves in one frame. */
export function teller(): Teller {
  const people = new Map<Connection, string[]>()
  const online = new Map<Connection, string[]>()
  const unknown = new Map<Connection, string[]>()

  function put(map: Map<Connection, string[]>, connection: Connection, json: string): void {
    const list = map.get(connection)
    if (list) list.push(json)
    else map.set(connection, [json])
  }

  return {
    person(connection, { id, entry }) {
      if (entry === UNKNOWN) put(unknown, connection, `"${id}"`)
      else put(people, connection, entry)
    },
    online: (connection, conversation, count) => put(online, connection, `["${conversation}",${count}]`),
    unknown: (connection, id) => put(unknown, connection, `"${id}"`),
    flush(now) {
      for (const connection of new Set([people, online, unknown].flatMap((map) => [...map.keys()]))) {
        const parts = [
          ...list('people', people.get(connection) ?? []),
          ...list('online', online.get(connection) ?? []),
          ...list('unknown', unknown.get(connection) ?? []),
        ]
        connection.live(textFrame(Buffer.from(`{"t":"presence",${parts.join(',')}}`)), now)
      }
      people.clear()
      online.clear()
      unknown.clear()
    },
  }
}

const list = (key: string, items: string[]): string[] =>
  items.length > 0 ? [`"${key}":[${items.join(',')}]`] : []
