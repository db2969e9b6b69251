import { Cluster, Redis } from 'ioredis'
import { COMMAND_MS, OFFLINE_COMMANDS, UNANSWERED_COMMANDS } from './bounds.ts'

/** Too much is waiting for Redis already: whoever asks must do without now. */
export class RedisOverloaded extends Error {
  override readonly name = 'RedisOverloaded'
}
const overloaded = () => new RedisOverloaded('Redis is not answering and enough is waiting for it.')

/** ioredis bounds neither what it holds back while offline nor what a hanging server owes it: this does. */
export class BoundedRedis extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    const { offlineQueue, commandQueue } = this as unknown as Record<'offlineQueue' | 'commandQueue', Queued>
    // the handshake of a new connection is spoken while its status is "connect", and must pass
    const offline = this.status !== 'ready' && this.status !== 'connect'
    const waiting = offline ? offlineQueue.length : commandQueue.length
    if (waiting < (offline ? OFFLINE_COMMANDS : UNANSWERED_COMMANDS))
      return super.sendCommand(command, stream)
    command.reject(overloaded())
    return command.promise
  }
}
type Queued = { length: number }

/**
 * The same for a Cluster, over all of its nodes together: a command may wait in the Cluster's queue, in a node's, or for
 * its next try after a redirect, and ioredis begins to count its time only when a node gets it.
 */
export class BoundedCluster extends Cluster {
  readonly #waiting = new Set<Command>()

  override sendCommand(...[command, stream, node]: Parameters<Cluster['sendCommand']>): unknown {
    // one that is sent again after a redirect, or when the Cluster is back, is the same command
    if (this.#waiting.has(command)) return super.sendCommand(command, stream, node)
    const offline = this.status !== 'ready' && this.status !== 'connect'
    if (this.#waiting.size >= (offline ? OFFLINE_COMMANDS : UNANSWERED_COMMANDS)) {
      command.reject(overloaded())
      return command.promise
    }
    this.#waiting.add(command)
    const settled = () => void this.#waiting.delete(command)
    command.promise.then(settled, settled)
    command.setTimeout(COMMAND_MS)
    return super.sendCommand(command, stream, node)
  }
}
type Command = Parameters<Cluster['sendCommand']>[0]
