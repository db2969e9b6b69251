import { router } from '../trpc.ts'
import { account } from './account.ts'
import { audit, exports } from './audit.ts'
import { conversations } from './conversations.ts'
import { files } from './files.ts'
import { identity } from './identity.ts'
import { integrations } from './integrations.ts'
import { messages } from './messages.ts'
import { notifications } from './notifications.ts'
import { organisation } from './organisation.ts'
import { overview } from './overview.ts'
import { people } from './people.ts'
import { presence } from './presence.ts'
import { retention } from './retention.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'

/** Every router there is: one line each. */
export const appRouter = router({
  account,
  audit,
  conversations,
  exports,
  integrations,
  files,
  messages,
  identity,
  notifications,
  organisation,
  overview,
  people,
  presence,
  retention,
  session,
  settings,
})
export type AppRouter = typeof appRouter
