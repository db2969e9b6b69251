import type { Socket } from 'node:net'
import { CLOSE, type CloseReason } from '@parley/protocol'
import type { WebSocket } from 'ws'
import type { Wire } from './wire.ts'
import { writeTogether } from './write-together.ts'

const EMPTY = Buffer.alloc(0)
const NOTHING: readonly Buffer[] = []

/** A WebSocket. Frames are written past `ws`, straight to the socket: they have their heads already. */
export class SocketWire implements Wire {
  readonly #ws: WebSocket
  readonly #socket: Socket

  constructor(ws: WebSocket, socket: Socket) {
    this.#ws = ws
    this.#socket = socket
  }

  get unsent(): number {
    return this.#socket.writableLength
  }
  get received(): number {
    return this.#socket.bytesRead
  }
  get isPaused(): boolean {
    return this.#ws.isPaused
  }

  write(frames: readonly Buffer[], bytes: number): readonly Buffer[] {
    return this.#socket.destroyed ? NOTHING : writeTogether(this.#socket, frames, bytes)
  }

  /** `drain` would not come for less than the high-water mark: the end of an empty write behind everything does. */
  whenTaken(taken: () => void): void {
    this.#socket.write(EMPTY, (error) => {
      if (!error) taken()
    })
  }

  pause(): void {
    this.#ws.pause()
  }
  resume(): void {
    this.#ws.resume()
  }

  close(reason: CloseReason): void {
    // a socket that is not read would never see the other side's farewell
    if (this.#ws.isPaused) this.#ws.resume()
    this.#ws.close(CLOSE[reason].code, CLOSE[reason].says)
  }
  terminate(): void {
    this.#ws.terminate()
  }
}
