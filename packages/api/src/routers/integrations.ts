import { createBot, createToken, listBots, listTokens, revokeToken } from '@parley/domain/integrations/index'
import { procedure, router } from '../trpc.ts'

/** Bots, their tokens, and incoming webhooks: for administration. */
export const integrations = router({
  createBot: procedure(createBot),
  listBots: procedure(listBots),
  createToken: procedure(createToken),
  listTokens: procedure(listTokens),
  revokeToken: procedure(revokeToken),
})
