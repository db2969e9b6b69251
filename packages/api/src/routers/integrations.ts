import {
  createBot,
  createToken,
  createWebhook,
  listBots,
  listTokens,
  listWebhooks,
  revokeToken,
  revokeWebhook,
  rotateWebhook,
} from '@parley/domain/integrations/index'
import { procedure, router } from '../trpc.ts'

/** Bots, their tokens, and incoming webhooks: for administration. */
export const integrations = router({
  createBot: procedure(createBot),
  listBots: procedure(listBots),
  createToken: procedure(createToken),
  listTokens: procedure(listTokens),
  revokeToken: procedure(revokeToken),
  createWebhook: procedure(createWebhook),
  listWebhooks: procedure(listWebhooks),
  rotateWebhook: procedure(rotateWebhook),
  revokeWebhook: procedure(revokeWebhook),
})
