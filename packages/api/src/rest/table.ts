import type { Endpoint } from './endpoint.ts'
import { conversationEndpoints } from './endpoints/conversations.ts'
import { fileEndpoints } from './endpoints/files.ts'
import { messageEndpoints } from './endpoints/messages.ts'
import { peopleEndpoints } from './endpoints/people.ts'
import { tokenEndpoints } from './endpoints/token.ts'

/** Everything that the REST API can do. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...messageEndpoints,
  ...conversationEndpoints,
  ...fileEndpoints,
  ...peopleEndpoints,
  ...tokenEndpoints,
]
