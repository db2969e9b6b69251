import type { Id } from '@parley/protocol'
import { ask } from '../api/client.ts'
import { forgetOutbox, outboxOf } from './outbox-storage.ts'
import type { Sync } from './sync-port.ts'

type Engine = {
  createClient(on: {
    connect: () => Promise<{ ticket: string; addresses: string[] }>
    openSocket: (address: string) => WebSocket
    storage: ReturnType<typeof outboxOf>
  }): Sync & { start(): void }
}

/** Opens the one connection of this page. What is not sent yet waits on this device, for each person apart. */
export async function openSync(person: Id): Promise<Sync> {
  const { createClient }: Engine = await import('@parley/sync' as string)
  const client = createClient({
    connect: () => ask('session.connect', {}),
    openSocket: (address: string) => new WebSocket(address),
    storage: outboxOf(person),
  })
  client.start()
  return client
}

export const forgetDevice = forgetOutbox
