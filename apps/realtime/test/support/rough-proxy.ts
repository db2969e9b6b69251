import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@parley/devstack'
import { post } from './post.ts'

/** Of a hundred requests so many never arrive, arrive twice, lose their answer, and get it late. */
type Weather = { lost: number; repeated: number; unanswered: number; late: number }
const CALM: Weather = { lost: 0, repeated: 0, unanswered: 0, late: 0 }
/** A client that fails oftener than this in a row gives its session up. */
const MOST_IN_A_ROW = 3
const LATE_MS = 40

/** An HTTP proxy before a node that breaks whatever a proxy may break, by chance; in the order of RFC 9110 §9.2.2. */
export async function roughProxy(node: { port: number }, random: () => number) {
  let weather = CALM
  const happened = { lost: 0, repeated: 0, unanswered: 0, late: 0 }
  /** Failures in a row, by what was asked and in which session: polls and uploads fail apart. */
  const inARow = new Map<string, number>()

  const happens = (what: keyof Weather): boolean => {
    const it = random() * 100 < weather[what]
    if (it) happened[what]++
    return it
  }
  function fails(kind: string, what: 'lost' | 'unanswered'): boolean {
    const failed = (inARow.get(kind) ?? 0) < MOST_IN_A_ROW && happens(what)
    if (failed) inARow.set(kind, (inARow.get(kind) ?? 0) + 1)
    return failed
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const { t, session = '' }: { t: string; session?: string } = JSON.parse(body.split('\n', 1)[0]!)
    const kind = `${t} ${session}`
    if (fails(kind, 'lost')) return void response.destroy()
    const send = () => post(`http://127.0.0.1:${node.port}${request.url}`, body)
    const asked = [send(), ...(happens('repeated') ? [send()] : [])]
    response.on('close', () => {
      for (const one of asked) one.cancel()
    })
    const answers = await Promise.allSettled(asked.map(({ answer }) => answer))
    const last = answers.findLast((one) => one.status === 'fulfilled')
    if (!last || fails(kind, 'unanswered')) return void response.destroy()
    inARow.set(kind, 0)
    if (happens('late')) await sleep(LATE_MS)
    response.writeHead(last.value.status).end(last.value.text)
  }

  const server = createServer((request, response) => {
    // whoever asked has gone
    pass(request, response).catch(() => response.destroy())
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    /** What it broke so far. */
    happened,
    turn(next: Weather): void {
      weather = next
    },
    close(): void {
      server.close()
      server.closeAllConnections()
    },
  }
}
