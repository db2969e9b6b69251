import {
  connect,
  listMySessions,
  registerPush,
  revokeMyOtherSessions,
  revokeMySession,
  revokeSessions,
} from '@parley/domain/sessions/index'
import { procedure, router } from '../trpc.ts'

/** My sessions and devices, and for administration those of others. What sets cookies is in routes/session.ts. */
export const session = router({
  connect: procedure(connect),
  listMine: procedure(listMySessions),
  revokeMine: procedure(revokeMySession),
  revokeMyOthers: procedure(revokeMyOtherSessions),
  revoke: procedure(revokeSessions),
  registerPush: procedure(registerPush),
})
