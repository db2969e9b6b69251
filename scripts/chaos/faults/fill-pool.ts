import pg from 'pg'
import type { Fault } from './fault.ts'

/** More than PostgreSQL takes in. */
const MOST = 300

/** All connections that PostgreSQL has to give are taken by somebody else: who holds one goes on, nobody gets another. */
export const fillPool: Fault = {
  targets: ['postgres'],
  holds: () => ['postgres'],
  ms: [1_000, 5_000],
  async begin({ stage }) {
    const taken: pg.Client[] = []
    for (let n = 0; n < MOST; n++) {
      const client = new pg.Client(stage.databaseUrl)
      client.on('error', ignored)
      try {
        await client.connect()
      } catch {
        // full
        break
      }
      taken.push(client)
    }
    return () => Promise.all(taken.map((client) => client.end()))
  },
}

/** A connection that breaks is given back all the same. */
function ignored(): void {}
