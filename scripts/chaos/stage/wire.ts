import { connect, createServer, type Socket } from 'node:net'

/**
 * A stretch of wire that can be made to misbehave: TCP on 127.0.0.1 to one port, byte for byte.
 *
 * `pass`: as if it were not there. `silent`: nothing passes and nothing ends, as behind a pulled cable. `refuse`:
 * what stood is reset and whoever comes is too.
 */
export type WireMode = 'pass' | 'silent' | 'refuse'
export type Wire = {
  port: number
  become(mode: WireMode): void
  /** Milliseconds that every byte takes from now on, each way. */
  delay(ms: number): void
  /** Resets what stands; who comes anew passes. */
  cut(): void
  /** What stands falls silent for good, and neither end is told; who comes anew passes. The answer resets it. */
  halfOpen(): () => void
  /** While on: whoever asks is heard on the other side, and is reset when the first byte of the answer is there. */
  loseAnswers(on: boolean): void
  close(): Promise<void>
}

type Link = { near: Socket; far: Socket; frozen: boolean; asked: boolean }
type Queued = { at: number; bytes: Buffer }

/** What may wait in a delayed direction before the source is read no further. */
const DELAYED_BYTES = 4 * 1_048_576

export async function openWire(target: number): Promise<Wire> {
  const links = new Set<Link>()
  let mode: WireMode = 'pass'
  let latency = 0
  let losing = false

  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on('error', ignored)
    if (mode === 'refuse') return near.resetAndDestroy()
    const far = connect({ port: target, host: '127.0.0.1' })
    const link: Link = { near, far, frozen: false, asked: false }
    links.add(link)
    far.on('error', ignored)
    for (const socket of [near, far]) socket.setNoDelay(true)
    carry(near, far, link, () => {
      link.asked = true
    })
    carry(far, near, link, () => {
      if (losing && link.asked) reset(link)
    })
    if (mode === 'pass') near.resume()
    else far.pause()
  })

  /** `passing`: called for each piece before it goes on. */
  function carry(from: Socket, to: Socket, link: Link, passing: () => void): void {
    const queue: Queued[] = []
    let bytes = 0
    let ended = false
    let due = false

    function flush(): void {
      due = false
      while (queue.length > 0 && queue[0]!.at <= performance.now()) {
        const { bytes: piece } = queue.shift()!
        bytes -= piece.length
        write(piece)
      }
      if (queue.length > 0) flushIn(queue[0]!.at - performance.now())
      else if (ended) finish()
    }
    function flushIn(ms: number): void {
      if (due) return
      due = true
      setTimeout(flush, Math.max(1, ms))
    }
    function write(piece: Buffer): void {
      if (to.destroyed || link.frozen) return
      if (to.write(piece)) return
      from.pause()
      to.once('drain', () => !link.frozen && mode !== 'silent' && from.resume())
    }
    function finish(): void {
      if (link.frozen) return
      to.end()
    }

    from.on('data', (piece: Buffer) => {
      passing()
      if (link.frozen || from.destroyed) return
      if (latency === 0 && queue.length === 0) return write(piece)
      queue.push({ at: Math.max(performance.now() + latency, queue.at(-1)?.at ?? 0), bytes: piece })
      bytes += piece.length
      if (bytes > DELAYED_BYTES) from.pause()
      flushIn(latency)
    })
    from.on('end', () => {
      ended = true
      if (queue.length === 0) finish()
    })
    from.on('close', (broken) => {
      // a reset is handed on as a reset; an end in good order was handed on above
      if (broken && queue.length === 0 && !link.frozen) reset(link)
      if (link.near.destroyed && link.far.destroyed) links.delete(link)
    })
  }

  function reset(link: Link): void {
    links.delete(link)
    link.near.resetAndDestroy()
    link.far.resetAndDestroy()
  }

  const cut = () => {
    for (const link of [...links]) if (!link.frozen) reset(link)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')

  return {
    port: address.port,
    become(next) {
      mode = next
      if (mode === 'refuse') return cut()
      for (const { near, far, frozen } of links) {
        if (frozen) continue
        for (const socket of [near, far]) {
          if (mode === 'silent') socket.pause()
          else socket.resume()
        }
      }
    },
    delay(ms) {
      latency = ms
    },
    cut,
    halfOpen() {
      const frozen = [...links]
      for (const link of frozen) {
        link.frozen = true
        // still read, so that the kernel acknowledges what goes nowhere
        link.near.resume()
        link.far.resume()
      }
      return () => {
        for (const link of frozen) reset(link)
      }
    },
    loseAnswers(on) {
      losing = on
      for (const link of links) link.asked = false
    },
    async close() {
      for (const link of [...links]) reset(link)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A broken connection also closes, and that is acted upon. */
function ignored(): void {}
