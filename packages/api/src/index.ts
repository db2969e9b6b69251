/** The HTTP API: one handler, a table of routes, and tRPC routers built from acts. */
export type { ApiContext, AuthenticateToken } from './context.ts'
export { handle } from './handle.ts'
export { actorOf } from './http/call.ts'
