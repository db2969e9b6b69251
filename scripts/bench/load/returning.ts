import { createClient, type Socket, type Sync, topics } from '@parley/sync'
import { WebSocket } from 'ws'
import { ticketFor } from '../tickets.ts'
import { inGroups } from './in-groups.ts'
import { obeyOrders } from './obey-orders.ts'

/**
 * People whose node goes, and who come back by themselves: with the client that browsers run, its patience, its chance
 * and the resume tokens that it was given, each from an address of its own, as people of many offices.
 */
export type ReturnOrder =
  /** `from`: how many addresses others use. Answers when all are up to date. */
  | { do: 'connect'; url: string; people: string[]; from: number }
  /** Answers when everybody has lost their node and all are up to date again. */
  | { do: 'return' }
export type ReturnAnswer =
  | { done: 'ready' }
  /**
   * `at`: when each was up to date again, in Unix milliseconds. `tries`: the most that anybody needed. `asked`: how often
   * the API was asked for a ticket.
   */
  | { done: 'returned'; at: number[]; tries: number; asked: number }
  | { done: 'failed'; why: string }

const TOGETHER = 100
/** Whoever is not back after this is not coming. */
const PATIENCE_MS = 180_000

const clients: Sync[] = []
let asked = 0

/** All of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). */
const addressAt = (index: number) => `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`

function open(url: string, person: string, localAddress: string): Sync {
  const client = createClient({
    async connect() {
      asked++
      return { ticket: ticketFor(person).ticket, addresses: [url] }
    },
    openSocket: (address) =>
      new WebSocket(address, { perMessageDeflate: false, localAddress }) as unknown as Socket,
    client: 'bench',
  })
  client.start()
  return client
}

async function connect({ url, people, from }: Extract<ReturnOrder, { do: 'connect' }>): Promise<void> {
  const opened = await inGroups(people, TOGETHER, async (person, at) => {
    const client = open(url, person, addressAt(from + at))
    await client.whole()
    return client
  })
  clients.push(...opened)
}

/** @returns when it was up to date again, and after how many tries */
function back(client: Sync): Promise<{ at: number; tries: number }> {
  return new Promise((resolve, reject) => {
    let lost = false
    let tries = 0
    const patience = setTimeout(
      () => reject(new Error(`Somebody does not come back: ${JSON.stringify(client.connection())}`)),
      PATIENCE_MS,
    )
    const ended = client.subscribe(topics.connection, () => {
      const now = client.connection()
      if (now.state === 'waiting') {
        lost = true
        tries = now.attempt
      }
      if (!lost || now.state !== 'live') return
      clearTimeout(patience)
      ended()
      resolve({ at: Date.now(), tries })
    })
  })
}

obeyOrders(async (order: ReturnOrder): Promise<ReturnAnswer> => {
  if (order.do === 'connect') {
    await connect(order)
    return { done: 'ready' }
  }
  asked = 0
  const all = await Promise.all(clients.map(back))
  const gone = clients.filter((client) => client.connection().state !== 'live').length
  if (gone > 0) throw new Error(`${gone} came back, and were lost again.`)
  const tries = Math.max(...all.map((one) => one.tries))
  return { done: 'returned', at: all.map((one) => one.at), tries, asked }
})
