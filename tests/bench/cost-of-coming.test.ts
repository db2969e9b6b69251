import { beforeEach, expect, test, vi } from 'vitest'
import { connections } from '../../scripts/bench/figures/connections.ts'
import { idle } from '../../scripts/bench/figures/idle.ts'
import type { Server, Stage } from '../../scripts/bench/stage.ts'

/** Microseconds that the server has taken of a processor, and PostgreSQL. */
const taken = { server: 0, database: 0 }
const SERVER = 1
const DATABASE = 2
const EACH = 100
const EACH_IN_DATABASE = 40
/** Of what the last of them leaves to be done, and of a second in which nobody wants anything. */
const LEFT = 3_000
const IDLE_SECOND = 50_000
const COLLECTION = 700_000

vi.mock('../../scripts/bench/processes.ts', () => ({
  cpuOf: (pid: number) => (pid === SERVER ? taken.server : taken.database),
  residentOf: () => 0,
  requireDescriptors: () => {},
}))
let left = 0
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    taken.server += left
    left = 0
    // a longer wait than for what is left is rest
    if (ms > 2_000) taken.server += (ms / 1_000) * IDLE_SECOND
  },
}))
vi.mock('../../scripts/bench/load-process.ts', () => ({
  openLoadProcess: () => ({
    ask: async ({ do: what }: { do: string }) =>
      what === 'return' ? { done: 'returned', at: [1], asked: 1, tries: 1 } : { done: 'ready' },
    end() {},
  }),
}))

const server: Server = {
  url: 'ws://127.0.0.1:1',
  pid: SERVER,
  async collectGarbage() {
    taken.server += COLLECTION
  },
  stop: async () => {},
  kill: async () => {},
}
const stage = {
  db: { sql: async () => [] },
  postgresPid: DATABASE,
  peer: null,
  startParley: async () => server,
  startBare: async () => server,
  ticket: (person: string) => ({ person, ticket: '' }),
  load: () => ({
    async ask(order: { do: string; places?: unknown[] }) {
      const came = order.places?.length ?? 0
      taken.server += came * EACH
      taken.database += came * EACH_IN_DATABASE
      left = LEFT
    },
    end() {},
  }),
} as unknown as Stage

beforeEach(() => {
  Object.assign(taken, { server: 0, database: 0 })
  left = 0
})

test.each([
  ['idle', 'connect.cpu', idle],
  ['connections', 'connections.cpu', connections],
])(
  'a connection costs in %s what its coming takes, and neither rest nor garbage that is collected',
  async (_, name, group) => {
    const figures = await group(stage, 1)
    const cost = figures.find(({ figure }) => figure === name)!
    for (const value of [cost.value, cost.limit!]) {
      expect(value).toBeGreaterThan(EACH)
      // what the last ones left to be done belongs to them
      expect(value).toBeLessThan(EACH * 1.02)
    }
  },
)
