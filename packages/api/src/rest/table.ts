import type { Endpoint } from './endpoint.ts'
import { messageEndpoints } from './endpoints/messages.ts'
import { tokenEndpoints } from './endpoints/token.ts'

/** Everything that the REST API can do. */
export const ENDPOINTS: readonly Endpoint[] = [...messageEndpoints, ...tokenEndpoints]
