import { createServer } from 'node:net'
import { CannotStart } from './errors.ts'

/** Whether a server on 127.0.0.1 could listen on this port now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** @throws CannotStart naming the port and what it was meant for. */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  if (await isPortFree(port)) return
  throw new CannotStart(
    `Port ${port}, meant for ${purpose}, is taken: stop what listens there or choose another.`,
  )
}

/** A port that nothing listened on a moment ago, picked by the operating system. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
