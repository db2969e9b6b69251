import { setTimeout as sleep } from 'node:timers/promises'
import { type Meter, meter } from './meter.ts'
import { obeyOrders } from './obey-orders.ts'
import type { Answer, Order, Place } from './protocol.ts'

/** People on one kind of server. `send` resolves with the acknowledgement. */
export type Crowd = {
  join?(channel: string): Promise<void>
  send(at: number, conversation: string, text: string): Promise<void>
  leave(): void
}
type Connect = (url: string, places: readonly Place[], meter: Meter) => Promise<Crowd>

/** The text of a message says when it was handed over, by this process's clock, in front of sixty characters. */
const textNow = () =>
  `${performance.now().toFixed(3)} of sixty characters, as people write them in an office.`
export const sentAtOf = (text: string): number => Number.parseFloat(text)

/** Serves the bench's orders over the channel to the parent process. */
export function serveOrders(connect: Connect): void {
  const measuring = meter()
  let crowd: Crowd | null = null

  async function send(crowd: Crowd, { at, conversation }: { at: number; conversation: string }) {
    const sentAt = performance.now()
    try {
      await crowd.send(at, conversation, textNow())
      measuring.acknowledged(sentAt)
    } catch {
      measuring.failed()
    }
  }

  async function measure(ms: { warmMs: number; ms: number }, stop: () => void): Promise<Answer> {
    await sleep(ms.warmMs)
    measuring.begin()
    await sleep(ms.ms)
    const measured = measuring.end()
    stop()
    return { done: 'measured', measured }
  }

  async function closedLoop(crowd: Crowd, order: Extract<Order, { do: 'closed' }>): Promise<Answer> {
    let going = true
    let next = 0
    // By turns, so that nobody writes so much that they are slowed down for it.
    const talk = async () => {
      while (going) await send(crowd, order.senders[next++ % order.senders.length]!)
    }
    for (let i = 0; i < order.inFlight; i++) void talk()
    return measure(order, () => {
      going = false
    })
  }

  async function openLoop(crowd: Crowd, order: Extract<Order, { do: 'open' }>): Promise<Answer> {
    const began = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      const due = ((performance.now() - began) / 1_000) * order.rate
      for (; sent < due; sent++) void send(crowd, order.senders[sent % order.senders.length]!)
    }, 1)
    return measure(order, () => clearInterval(timer))
  }

  async function obey(order: Order): Promise<Answer> {
    switch (order.do) {
      case 'connect':
        crowd = await connect(order.url, order.places, measuring)
        return { done: 'ready' }
      case 'join':
        await crowd!.join?.(order.channel)
        return { done: 'ready' }
      case 'closed':
        return closedLoop(crowd!, order)
      case 'open':
        return openLoop(crowd!, order)
      case 'leave':
        crowd?.leave()
        crowd = null
        return { done: 'ready' }
    }
  }
  obeyOrders(obey)
}
