import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { countedAs } from '@parley/domain/client-address'
import { addressOf } from './address.ts'
import { openDoor } from './door.ts'
import { openResting } from './resting.ts'

/**
 * Plain HTTP that has not shown whose it is, by address. Without proxies in front connections are counted, with them
 * requests: a proxy's connections are everybody's. False from either means one too many from there.
 */
export type Strangers = {
  opened(socket: Socket): boolean
  asked(request: IncomingMessage, response: ServerResponse): boolean
  /**
   * It is of a session, and has come whole, or becomes a socket, which are counted elsewhere. Of a connection that holds
   * until the request is answered: one request of a session, which may be over, or never was let in, says nothing of what
   * it stays for.
   */
  known(request: IncomingMessage): void
}

export function openStrangers(trustedProxies: number): Strangers {
  const door = openDoor()
  const callers = new WeakMap<Socket | IncomingMessage, { address: string }>()
  const resting = openResting()

  function enter(what: Socket | IncomingMessage, address: string, end: Socket | ServerResponse): boolean {
    if (door.full(address) && !makeRoom(address)) return false
    const caller = { address }
    door.enter(caller)
    callers.set(what, caller)
    end.once('close', () => door.leave(caller))
    return true
  }

  /** Whoever comes goes before connections that rest: their clients open others when they have something to ask. */
  function makeRoom(address: string): boolean {
    const socket = resting.take(countedAs(address))
    const caller = socket && callers.get(socket)
    if (!caller) return false
    door.leave(caller)
    socket.destroy()
    return true
  }

  /** `rested`: it did before it was asked this, and what it asked shows nothing else of it. */
  function answered(socket: Socket, rested: boolean): void {
    const caller = callers.get(socket)
    if (!caller || socket.destroyed) return
    if (!door.has(caller)) {
      if (door.full(caller.address)) return void socket.destroySoon()
      door.enter(caller)
    } else if (!rested) return
    resting.add(countedAs(caller.address), socket)
  }

  return {
    opened(socket) {
      if (trustedProxies > 0) return true
      const address = socket.remoteAddress ?? ''
      if (!enter(socket, address, socket)) return false
      // once for all requests that it brings
      socket.once('close', () => resting.remove(countedAs(address), socket))
      return true
    },
    asked(request, response) {
      if (trustedProxies > 0) return enter(request, addressOf(request, trustedProxies), response)
      const { socket } = request
      const caller = callers.get(socket)
      // counted on until it is known whose the request is; but nobody is to cut it off meanwhile
      const rested = caller !== undefined && resting.remove(countedAs(caller.address), socket)
      response.once('close', () => answered(socket, rested))
      return true
    },
    known(request) {
      const what = trustedProxies > 0 ? request : request.socket
      const caller = callers.get(what)
      if (!caller) return
      door.leave(caller)
      if (what === request.socket) resting.remove(countedAs(caller.address), request.socket)
    },
  }
}
