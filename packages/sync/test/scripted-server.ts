import type { ClientFrame, ServerFrame } from '@parley/protocol'
import { CLOSE, type CloseReason } from '@parley/protocol/close-codes'
import type { Socket } from '../src/ports.ts'

/** The far end of one socket, in the hands of a test. */
export type Far = {
  address: string
  /** Frames that arrived, oldest first. */
  got: ClientFrame[]
  /** How the client closed it; null while it has not. */
  closed: number | null
  /** The far end takes the connection. */
  accept(): void
  /** Takes it, and welcomes whoever it is. */
  welcome(heartbeat?: number): void
  tell(frame: ServerFrame): void
  raw(data: string): void
  /** The far end, or the network, ends it. */
  close(why: CloseReason | 'network', addresses?: string[]): void
  of<T extends ClientFrame['t']>(t: T): Extract<ClientFrame, { t: T }>[]
}

/** Sockets that lead to the test itself. `pongs`: whatever else it says or does not say, pings are answered. */
export function scriptedServer(pongs = false) {
  const sockets: Far[] = []

  function open(address: string): Socket {
    const listeners = new Map<string, (event: never) => void>()
    const emit = (type: string, event: unknown) => listeners.get(type)?.(event as never)
    const far: Far = {
      address,
      got: [],
      closed: null,
      accept: () => emit('open', undefined),
      welcome(heartbeat = 20_000) {
        far.accept()
        const resume = { token: 'resume', ms: 600_000 }
        far.tell({ t: 'welcome', person: '1', session: '2', node: 'one', time: 0, heartbeat, resume })
      },
      tell: (frame) => far.raw(JSON.stringify(frame)),
      raw: (data) => emit('message', { data }),
      close(why, addresses) {
        if (why !== 'network' && addresses) far.tell({ t: 'bye', reason: why, addresses })
        emit('close', { code: why === 'network' ? 1006 : CLOSE[why].code })
      },
      of: <T extends ClientFrame['t']>(t: T) =>
        far.got.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t),
    }
    sockets.push(far)
    return {
      send(data) {
        const frame: ClientFrame = JSON.parse(data)
        far.got.push(frame)
        if (pongs && frame.t === 'ping') far.tell({ t: 'pong' })
      },
      close(code = 1000) {
        far.closed ??= code
      },
      addEventListener: (type: string, listener: (event: never) => void) =>
        void listeners.set(type, listener),
    }
  }

  return {
    open,
    sockets,
    /** The newest socket. */
    get last(): Far {
      const far = sockets.at(-1)
      if (!far) throw new Error('No socket was opened.')
      return far
    },
  }
}

/** Lets promises that are settled have their say. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
