import { openSecrets } from '@parley/adapters/secrets'
import { type Database, openDatabase } from '@parley/db'
import type { Deps } from '@parley/domain/deps'
import type { HandedJob } from '@parley/domain/jobs'
import { messageWriter } from '@parley/domain/messages/writer'
import type { Circuit, Mail } from '@parley/domain/ports'
import type { OutboxPayload, Publication } from '@parley/domain/publication'
import { idSource } from '@parley/protocol'
import { memoryLimiter } from './memory-limiter.ts'
import { testDatabase } from './test-database.ts'

export type TestDeps = {
  deps: Deps
  db: Database
  /** Where that is. */
  url: string
  /** What was told, in order; jobs that were queued; mail that was sent at once. */
  published: Publication[]
  republished: OutboxPayload[]
  jobs: HandedJob[]
  mail: Mail[]
  /** What was logged as an error or a warning: a test that expects none can say so. */
  logged: { what: string; error?: unknown }[]
  clock: { now: Date; advance(ms: number): void }
  close(): Promise<void>
}

/**
 * What a command needs, over a database of the test's own. The database and the secrets are real; what is told and
 * queued is written down; nothing outside is there unless a test brings it in `over`.
 * The clock stands still until it is advanced.
 */
export async function testDeps(over: Partial<Deps> = {}): Promise<TestDeps> {
  const database = await testDatabase()
  const db = openDatabase(database.url, { max: 8 })
  const published: Publication[] = []
  const republished: OutboxPayload[] = []
  const jobs: HandedJob[] = []
  const mail: Mail[] = []
  const logged: TestDeps['logged'] = []
  const clock = {
    now: new Date(),
    advance(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms)
    },
  }
  const base = {
    db,
    newId: idSource(1),
    now: () => clock.now,
    limiter: memoryLimiter(() => clock.now),
    publisher: {
      publish: async (publication: Publication) => void published.push(publication),
      republish: async (payload: OutboxPayload) => void republished.push(payload),
    },
    queue: {
      add: async (more: HandedJob[]) => void jobs.push(...more),
      counts: async () => ({}),
    },
    blobs: absent<Deps['blobs']>('blobs'),
    mailer: { send: async (one: Mail) => void mail.push(one), check: async () => {}, circuit: () => CLOSED },
    pusher: absent<Deps['pusher']>('pusher'),
    media: absent<Deps['media']>('media'),
    saml: absent<Deps['saml']>('saml'),
    secrets: openSecrets('a secret that only tests know, 32 characters and more'),
    log: {
      info: () => {},
      warn: (what: string) => void logged.push({ what }),
      error: (what: string, error: unknown) => void logged.push({ what, error }),
    },
    addresses: {
      web: 'http://localhost:3000',
      console: 'http://localhost:3001',
      realtime: ['ws://localhost:3002'],
    },
    registry: {
      nodes: async () => [],
      workers: async () => [],
      lastKnown: async () => ({ nodes: [], current: true }),
    },
    region: 'default',
    ...over,
  }
  const deps: Deps = { messages: messageWriter(base), ...base }
  const close = async () => {
    await deps.messages.drain()
    await db.close()
    await database.drop()
  }
  return { deps, db, url: database.url, published, republished, jobs, mail, logged, clock, close }
}

/** A service outside that answers. */
export const CLOSED: Circuit = { state: 'closed', since: 0, waitMs: 0 }

/** A port that this test has no use for: using it says so. */
const absent = <Port extends object>(name: keyof Deps): Port =>
  new Proxy({} as Port, {
    get(_, member) {
      throw new Error(
        `This test uses deps.${name}.${String(member)}: hand a real one to testDeps({ ${name} })`,
      )
    },
  })
