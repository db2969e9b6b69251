import { randomUUID } from 'node:crypto'
import { messageWriter } from '@parley/domain/messages/writer'
import { FIRST_IMPORT_NODE, idSource } from '@parley/protocol'
import { createClient, type Socket } from '@parley/sync'
import { WebSocket } from 'ws'
import { makeChannel, makePeople, personAt } from '../population.ts'
import { type Figure, figure, median } from '../report.ts'
import type { Stage } from '../stage.ts'
import { inRounds } from './in-rounds.ts'

const CONVERSATIONS = 200
const MISSED = 10_000
const FIRST_CHANNEL = 200_000

/** How long a client that was away takes to hold everything again, against reading the same rows by `pg` alone. */
export async function resume(stage: Stage, rounds: number): Promise<Figure[]> {
  const { db } = stage
  await makePeople(db, 2)
  const channels = Array.from({ length: CONVERSATIONS }, (_, i) => String(FIRST_CHANNEL + i))
  for (const channel of channels) await makeChannel(db, channel, 2)
  const server = await stage.startParley()
  const writer = messageWriter({
    ...{ db, newId: idSource(FIRST_IMPORT_NODE + 1), log: { info() {}, warn() {}, error() {} } },
    publisher: { publish: async () => {} },
    queue: { add: async () => {}, counts: async () => ({}) },
  })
  const [ours, bare]: [number[], number[]] = [[], []]
  try {
    await inRounds('resume', rounds, async () => {
      let open: WebSocket | null = null
      let mayConnect: Promise<void> = Promise.resolve()
      const client = createClient({
        async connect() {
          await mayConnect
          return { ticket: stage.ticket(personAt(0)).ticket, addresses: [server.url] }
        },
        openSocket(url) {
          open = new WebSocket(url, { perMessageDeflate: false })
          return open as unknown as Socket
        },
        holdAll: true,
        random: () => 0,
        client: 'bench',
      })
      client.start()
      await client.whole()
      const { promise, resolve } = Promise.withResolvers<void>()
      mayConnect = promise
      ;(open as WebSocket | null)?.terminate()
      const sent = Array.from({ length: MISSED }, (_, i) =>
        writer.send({
          ...{
            conversation: channels[i % CONVERSATIONS]!,
            sender: personAt(1),
            client: randomUUID(),
            root: null,
          },
          ...{ text: 'Something of sixty characters, as people write in an office.', files: [] },
        }),
      )
      await Promise.all(sent)
      const whole = client.whole()
      client.online()
      const began = performance.now()
      resolve()
      await whole
      ours.push(performance.now() - began)
      client.close()
      bare.push(await readAlone(stage, channels))
    })
  } finally {
    await writer.drain()
    await server.stop()
  }
  return [
    figure(
      'resume.10000.ms',
      `ms, ${MISSED} changes missed in ${CONVERSATIONS} conversations`,
      median(ours),
      median(bare),
    ),
  ]
}

/** The same rows, read in one statement, written as JSON and read again. */
async function readAlone({ db }: Stage, channels: readonly string[]): Promise<number> {
  const began = performance.now()
  const rows = await db.sql`
    SELECT * FROM messages WHERE conversation_id = ANY (${channels}::bigint[]) ORDER BY id DESC LIMIT ${MISSED}`
  JSON.parse(JSON.stringify(rows))
  return performance.now() - began
}
