import type { IncomingMessage } from 'node:http'
import { BOUNDS } from '../bounds.ts'
import type { Connection } from '../connection.ts'

/** A request, from its first byte until it is answered. */
export type Arrival = {
  /** It brings something for this session. False: as much as one may bring at once is on its way. */
  isFor(session: Arriving): boolean
  /** So many bytes have come, in so many pieces. False: its person holds as much of our memory as one may. */
  has(bytes: number, pieces: number): boolean
  /** Nothing more is to come of it. */
  whole(): void
  over(): void
}
/** What is on its way to a session. `arriving`: requests of which only a part has come. */
type Arriving = { readonly connection: Connection; arriving: number }

/**
 * What has come of requests and is held until the rest has, or until it can be read: bounded by session, by person, and
 * for the node. Past that whichever has been on its way for longest is cut off: clients bring it once more.
 */
export function openArrivals(): (request: IncomingMessage) => Arrival {
  /** In the order in which they began, and what each of them has cost. */
  const coming = new Map<IncomingMessage, number>()
  const held = new Map<object, number>()
  let bytesComing = 0

  function leave(request: IncomingMessage): void {
    bytesComing -= coming.get(request) ?? 0
    coming.delete(request)
  }

  function makeRoom(): void {
    for (const [longest] of coming) {
      if (bytesComing <= BOUNDS.arrivingBytes) return
      leave(longest)
      longest.destroy()
    }
  }

  return (request) => {
    let session: Arriving | null = null
    let owner: object | null = null
    let own = 0
    coming.set(request, 0)

    function whole(): void {
      leave(request)
      if (session) session.arriving--
      session = null
    }

    return {
      isFor(one) {
        if (one.arriving >= BOUNDS.pollArriving) return false
        one.arriving++
        session = one
        const { stage } = one.connection
        owner = stage.at === 'inside' ? stage.person : one
        return true
      },
      has(bytes, pieces) {
        const more = bytes + pieces * BOUNDS.pieceBytes - own
        own += more
        if (owner) {
          const together = (held.get(owner) ?? 0) + more
          held.set(owner, together)
          if (together > BOUNDS.arrivingOfOneBytes) return false
        }
        if (!coming.has(request)) return true
        coming.set(request, own)
        bytesComing += more
        makeRoom()
        return true
      },
      whole,
      over() {
        whole()
        if (!owner) return
        const left = (held.get(owner) ?? 0) - own
        if (left > 0) held.set(owner, left)
        else held.delete(owner)
        owner = null
      },
    }
  }
}
