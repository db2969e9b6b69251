import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiContext } from '../context.ts'
import { apiListener } from './listener.ts'

/** Time for a request to bring its headers, and all of its body. */
const HEADERS_MS = 15_000
const REQUEST_MS = 120_000
/** How often that is looked at: whoever is too slow, or says nothing at all, may stay so much longer. */
const CHECK_MS = 5_000
/** Longer than proxies in front keep a connection idle, so that they and not we end it. */
const KEEP_ALIVE_MS = 75_000
/** The database's: browsers give an attempt to open a page up after 12 s (browser/patience.ts), and are to hear why. */
export const DATABASE_SILENT_MS = 4_000
/** Requests under way may end. */
const GRACE_MS = 8_000

/** The server of a process that has both pages and the API. It does not listen yet. */
export function pageServer(context: Omit<ApiContext, 'peer'>, pages: RequestListener): Server {
  return createServer(
    {
      ...{ requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS, keepAliveTimeout: KEEP_ALIVE_MS },
      connectionsCheckingInterval: CHECK_MS,
    },
    apiListener(context, pages),
  )
}

/** Takes no more requests, lets those under way end, and hangs up. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await Promise.race([closed, sleep(GRACE_MS, undefined, { ref: false })])
  server.closeAllConnections()
}
