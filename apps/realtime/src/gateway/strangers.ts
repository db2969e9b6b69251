import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { addressOf } from './address.ts'
import { openDoor } from './door.ts'

/**
 * Plain HTTP that has not shown whose it is, by address. Without proxies in front connections are counted, with them
 * requests: a proxy's connections are everybody's. False from either means one too many from there.
 */
export type Strangers = {
  opened(socket: Socket): boolean
  asked(request: IncomingMessage, response: ServerResponse): boolean
  /** It is of a session, or becomes a socket, which are counted elsewhere. */
  known(request: IncomingMessage): void
}

export function openStrangers(trustedProxies: number): Strangers {
  const door = openDoor()
  const callers = new WeakMap<Socket | IncomingMessage, { address: string }>()

  function enter(what: Socket | IncomingMessage, address: string, end: Socket | ServerResponse): boolean {
    if (door.full(address)) return false
    const caller = { address }
    door.enter(caller)
    callers.set(what, caller)
    end.once('close', () => door.leave(caller))
    return true
  }

  return {
    opened: (socket) => trustedProxies > 0 || enter(socket, socket.remoteAddress ?? '', socket),
    asked: (request, response) =>
      trustedProxies === 0 || enter(request, addressOf(request, trustedProxies), response),
    known(request) {
      const caller = callers.get(trustedProxies > 0 ? request : request.socket)
      if (caller) door.leave(caller)
    },
  }
}
