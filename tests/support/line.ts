import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '@parley/devstack'

/** A line to a server, which fails as networks do. */
export async function openLine(to: string) {
  const target = new URL(to)
  const port = await freePort()
  /** Each end, and where to what comes from it goes. */
  const open = new Map<Socket, Socket>()
  let whole = true
  let held = false
  const server = createServer((near) => {
    if (!whole) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.set(one, other)
      if (!held) one.pipe(other)
      one.on('error', () => {})
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = new URL(to)
  url.host = `127.0.0.1:${port}`
  const cut = () => {
    whole = false
    for (const socket of open.keys()) socket.destroy()
  }
  return {
    url: url.href,
    /** Whoever uses it loses what is under way, and is refused until it is mended. */
    cut,
    /** Nothing comes over the connections there are, and they do not break; new ones work. */
    silence() {
      for (const socket of open.keys()) socket.unpipe().pause()
    },
    /** Nothing comes over any, old or new, and nothing breaks, as if the server stood still; the answer lets it go on. */
    hold() {
      held = true
      for (const socket of open.keys()) socket.unpipe().pause()
      return () => {
        held = false
        for (const [one, other] of open) one.pipe(other)
      }
    },
    mend() {
      whole = true
    },
    close() {
      cut()
      server.close()
    },
  }
}
